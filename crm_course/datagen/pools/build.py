"""Build the pools again: `python -m crm_course.datagen.pools.build`.

Names come from Faker (weighted as Faker weighs them). US places are invented by Faker, with a
postcode of their state. Faker mixes Chinese cities, provinces and postcodes, so they stand here.
"""

import csv
import hashlib
import io
import json
from collections import Counter

from crm_course.schema import LOCALES

from . import FOLDER

SEED = 20230101
DRAWS = 6000
PLACES = 600
GIVEN = {"first_f": "first_name_female", "first_m": "first_name_male"}

# Family names with their Latin spelling, the most common ones (nine in ten people).
PINYIN = dict(
    pair.split(":")
    for pair in (
        "王:wang 李:li 张:zhang 刘:liu 陈:chen 杨:yang 黄:huang 吴:wu 赵:zhao 周:zhou 徐:xu "
        "孙:sun 马:ma 朱:zhu 胡:hu 林:lin 郭:guo 何:he 高:gao 罗:luo 郑:zheng 梁:liang 谢:xie "
        "宋:song 唐:tang 许:xu 邓:deng 冯:feng 韩:han 曹:cao 曾:zeng 彭:peng 萧:xiao 蔡:cai "
        "潘:pan 田:tian 董:dong 袁:yuan 余:yu 叶:ye 蒋:jiang 杜:du 苏:su 魏:wei 程:cheng 吕:lü "
        "丁:ding 沈:shen 任:ren 姚:yao 卢:lu 傅:fu 钟:zhong 姜:jiang 崔:cui 谭:tan 廖:liao "
        "范:fan 汪:wang 陆:lu 金:jin 石:shi 戴:dai 贾:jia 韦:wei 夏:xia 邱:qiu 方:fang 侯:hou "
        "邹:zou 熊:xiong 孟:meng 秦:qin 白:bai 江:jiang 阎:yan 薛:xue 尹:yin 段:duan 雷:lei "
        "黎:li 史:shi 龙:long 陶:tao 贺:he 顾:gu 毛:mao 郝:hao 龚:gong 邵:shao 万:wan 钱:qian "
        "严:yan 赖:lai 洪:hong 武:wu 莫:mo 孔:kong 汤:tang 常:chang 温:wen 康:kang 施:shi 文:wen "
        "牛:niu 樊:fan 葛:ge"
    ).replace("lü", "lv").split()
)  # fmt: skip

# city:province:postcode
CHINA = (
    "北京:北京市:100000 上海:上海市:200000 天津:天津市:300000 重庆:重庆市:400000 "
    "石家庄:河北省:050000 唐山:河北省:063000 保定:河北省:071000 太原:山西省:030000 "
    "大同:山西省:037000 呼和浩特:内蒙古自治区:010000 包头:内蒙古自治区:014000 沈阳:辽宁省:110000 "
    "大连:辽宁省:116000 鞍山:辽宁省:114000 长春:吉林省:130000 吉林:吉林省:132000 "
    "哈尔滨:黑龙江省:150000 大庆:黑龙江省:163000 南京:江苏省:210000 苏州:江苏省:215000 "
    "无锡:江苏省:214000 徐州:江苏省:221000 杭州:浙江省:310000 宁波:浙江省:315000 "
    "温州:浙江省:325000 合肥:安徽省:230000 芜湖:安徽省:241000 福州:福建省:350000 "
    "厦门:福建省:361000 泉州:福建省:362000 南昌:江西省:330000 九江:江西省:332000 "
    "济南:山东省:250000 青岛:山东省:266000 烟台:山东省:264000 郑州:河南省:450000 "
    "洛阳:河南省:471000 武汉:湖北省:430000 宜昌:湖北省:443000 襄阳:湖北省:441000 "
    "长沙:湖南省:410000 株洲:湖南省:412000 广州:广东省:510000 深圳:广东省:518000 "
    "珠海:广东省:519000 佛山:广东省:528000 南宁:广西壮族自治区:530000 桂林:广西壮族自治区:541000 "
    "海口:海南省:570000 三亚:海南省:572000 成都:四川省:610000 绵阳:四川省:621000 "
    "贵阳:贵州省:550000 遵义:贵州省:563000 昆明:云南省:650000 大理:云南省:671000 "
    "拉萨:西藏自治区:850000 西安:陕西省:710000 咸阳:陕西省:712000 兰州:甘肃省:730000 "
    "西宁:青海省:810000 银川:宁夏回族自治区:750000 乌鲁木齐:新疆维吾尔自治区:830000"
)  # fmt: skip


def build() -> dict:
    """Return file name -> CSV text of every pool that Faker has a part in."""
    files = {f"{locale}.names.csv": _csv(_names(locale)) for locale in LOCALES}
    places = {"en_US": _places_en_us(), "zh_CN": [place.split(":") for place in CHINA.split()]}
    header = ["city", "province", "postcode"]
    return files | {f"{at}.places.csv": _csv([header, *sorted(places[at])]) for at in LOCALES}


def lock(files: dict) -> dict:
    """Return what the pools were made with, and the sha256 of each."""
    from faker import VERSION

    digests = {name: hashlib.sha256(text.encode()).hexdigest() for name, text in files.items()}
    return {"faker": VERSION, "seed": SEED, "draws": DRAWS, "sha256": digests}


def _faker(locale, seed):
    from faker.factory import Factory

    fake = Factory.create(locale)
    fake.seed_instance(seed)
    return fake


def _names(locale):
    rows = [["field", "value", "latin", "weight"]]
    for number, (field, method) in enumerate({**GIVEN, "last": "last_name"}.items()):
        fake = _faker(locale, SEED + number)
        counts = Counter(getattr(fake, method)() for _ in range(DRAWS))
        rows += [[field, name, latin, counts[name]] for name in sorted(counts)
                 if (latin := _latin(locale, field, name)) is not None]  # fmt: skip
    return rows


def _latin(locale, field, name):
    if locale == "zh_CN":
        return PINYIN.get(name) if field == "last" else ""
    return "".join(filter(str.isalpha, name.lower()))


def _places_en_us():
    fake = _faker("en_US", SEED)
    cities = sorted({fake.city() for _ in range(PLACES)})
    states = [fake.state_abbr(include_territories=False, include_freely_associated_states=False)
              for _ in cities]  # fmt: skip
    return [
        [city, state, fake.postcode_in_state(state)]
        for city, state in zip(cities, states, strict=True)
    ]


def _csv(rows):
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def main():
    """Write the pools and their lock."""
    files = build()
    for name, text in files.items():
        (FOLDER / name).write_text(text, encoding="utf-8", newline="\n")
    text = json.dumps(lock(files), indent=2) + "\n"
    (FOLDER / "pools.lock.json").write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
