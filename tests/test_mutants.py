import pytest

from authoring import mutants
from authoring.mutants import MUTANTS, Mutant


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    return mutants.copy_course(tmp_path_factory.mktemp("course"))


def test_every_promised_function_has_a_mutant():
    assert mutants.unguarded() == []


def test_a_notebook_passes_while_the_package_is_sound(course):
    result = mutants.check("notebooks/00_start_here.ipynb", course)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize("mutant", MUTANTS, ids=str)
def test_a_fault_in_the_package_is_noticed_by_its_notebook(course, mutant):
    result = mutants.strike(mutant, course)
    assert result.returncode == 1, result.stdout
    assert f"FAILED {mutant.notebook}" in result.stdout


def test_a_mutant_that_no_longer_fits_its_module_is_refused(course):
    stale = Mutant("notebook.py", "no such text", "", "00")
    with pytest.raises(ValueError, match="must occur once in notebook.py, got 0 times"):
        mutants.strike(stale, course)


def test_the_function_that_a_mutant_strikes_is_known():
    mutant = Mutant("notebook.py", "You said {guess:g}", "", "00")
    assert mutants.function_of(mutant) == "reveal"
