"""Customer relationship management as an executed course.

Start with `crm-course lab`, or in a notebook:

    from crm_course import datasets, notebook
    from crm_course.customers import retention
"""

__version__ = "0.1.0"
