"""Industries of the Korean standard classification (KSIC, revision 10): names and who supplies whom."""

from __future__ import annotations

SECTIONS: dict[str, tuple[str, str]] = {
    "A": ("농업·임업·어업", "Agriculture, forestry and fishing"),
    "B": ("광업", "Mining"),
    "C": ("제조업", "Manufacturing"),
    "D": ("전기·가스·증기 공급업", "Electricity, gas and steam supply"),
    "E": ("수도·하수·폐기물 처리업", "Water supply, sewerage and waste"),
    "F": ("건설업", "Construction"),
    "G": ("도매·소매업", "Wholesale and retail trade"),
    "H": ("운수·창고업", "Transport and storage"),
    "I": ("숙박·음식점업", "Accommodation and food service"),
    "J": ("정보통신업", "Information and communication"),
    "K": ("금융·보험업", "Finance and insurance"),
    "L": ("부동산업", "Real estate"),
    "M": ("전문·과학·기술 서비스업", "Professional, scientific and technical services"),
    "N": ("사업시설 관리·지원·임대업", "Facility management, business support and rental"),
    "O": ("공공행정·국방", "Public administration and defence"),
    "P": ("교육 서비스업", "Education"),
    "Q": ("보건·사회복지 서비스업", "Health and social work"),
    "R": ("예술·스포츠·여가 서비스업", "Arts, sports and recreation"),
    "S": ("협회·수리·개인 서비스업", "Associations, repair and personal services"),
    "T": ("가구 내 고용·자가소비 생산", "Activities of households"),
    "U": ("국제·외국기관", "Foreign organisations"),
}

DIVISIONS: dict[str, tuple[str, str]] = {
    "C10": ("식료품 제조업", "Food manufacturing"),
    "C11": ("음료 제조업", "Beverage manufacturing"),
    "C13": ("섬유제품 제조업", "Textile manufacturing"),
    "C14": ("의복·모피제품 제조업", "Apparel manufacturing"),
    "C15": ("가죽·가방·신발 제조업", "Leather goods and footwear manufacturing"),
    "C18": ("인쇄·기록매체 복제업", "Printing and reproduction of media"),
    "C20": ("화학물질·화학제품 제조업", "Chemicals manufacturing"),
    "C21": ("의료용 물질·의약품 제조업", "Pharmaceuticals manufacturing"),
    "C22": ("고무·플라스틱제품 제조업", "Rubber and plastics manufacturing"),
    "C23": ("비금속 광물제품 제조업", "Non-metallic minerals manufacturing"),
    "C24": ("1차 금속 제조업", "Basic metals manufacturing"),
    "C25": ("금속가공제품 제조업", "Fabricated metal manufacturing"),
    "C26": ("전자부품·컴퓨터·통신장비 제조업", "Electronics, computers and communication equipment"),
    "C27": ("의료·정밀·광학기기 제조업", "Medical, precision and optical instruments"),
    "C28": ("전기장비 제조업", "Electrical equipment manufacturing"),
    "C29": ("기타 기계·장비 제조업", "Machinery and equipment manufacturing"),
    "C30": ("자동차·트레일러 제조업", "Motor vehicle manufacturing"),
    "C31": ("기타 운송장비 제조업", "Other transport equipment manufacturing"),
    "C32": ("가구 제조업", "Furniture manufacturing"),
    "C33": ("기타 제품 제조업", "Other manufacturing"),
    "C34": ("산업용 기계·장비 수리업", "Repair of industrial machinery"),
    "D35": ("전기·가스·증기·공기조절 공급업", "Electricity, gas, steam and air conditioning supply"),
    "E38": ("폐기물 처리·원료 재생업", "Waste treatment and recycling"),
    "E39": ("환경 정화·복원업", "Remediation"),
    "F41": ("종합 건설업", "General construction"),
    "F42": ("전문직별 공사업", "Specialised construction"),
    "G45": ("자동차·부품 판매업", "Motor vehicle trade"),
    "G46": ("도매·상품중개업", "Wholesale trade"),
    "G47": ("소매업", "Retail trade"),
    "H49": ("육상운송업", "Land transport"),
    "H50": ("수상 운송업", "Water transport"),
    "H51": ("항공 운송업", "Air transport"),
    "H52": ("창고·운송관련 서비스업", "Warehousing and support for transport"),
    "I55": ("숙박업", "Accommodation"),
    "I56": ("음식점·주점업", "Food and beverage service"),
    "J58": ("출판·소프트웨어 개발업", "Publishing and software development"),
    "J59": ("영상·오디오 제작·배급업", "Film, video and audio production"),
    "J60": ("방송업", "Broadcasting"),
    "J61": ("통신업", "Telecommunications"),
    "J62": ("컴퓨터 프로그래밍·시스템 통합업", "Computer programming and system integration"),
    "J63": ("정보서비스업", "Information services"),
    "K64": ("금융업", "Finance"),
    "K65": ("보험·연금업", "Insurance and pensions"),
    "K66": ("금융·보험 관련 서비스업", "Services auxiliary to finance"),
    "M70": ("연구개발업", "Research and development"),
    "M71": ("전문서비스업", "Professional services"),
    "M72": ("건축기술·엔지니어링 서비스업", "Architecture and engineering"),
    "M73": ("기타 전문·과학·기술 서비스업", "Other professional and technical services"),
    "N74": ("사업시설 관리·조경 서비스업", "Facility management and landscaping"),
    "N75": ("사업지원 서비스업", "Business support"),
    "N76": ("임대업", "Rental and leasing"),
    "Q86": ("보건업", "Health"),
    "Q87": ("사회복지 서비스업", "Social work"),
    "R90": ("창작·예술·여가 서비스업", "Creative arts and recreation"),
    "R91": ("스포츠·오락 서비스업", "Sports and amusement"),
    "S94": ("협회·단체", "Associations"),
    "S95": ("수리업", "Repair"),
    "S96": ("기타 개인 서비스업", "Other personal services"),
}

SUPPLIERS = frozenset("JM")
"""Sections that supply other firms with digital and technical skill. Source: OECD digital intensity taxonomy (2018)
puts J and M first; firms of these sections sell to the rest."""

USERS = frozenset("ABCDEFGHIKLNOPQRS")
"""Sections that buy it."""


def industry_name(code: str) -> tuple[str, str]:
    """Return the Korean and English name of a code, of its division or section where the code is finer."""
    return DIVISIONS.get(code[:3]) or SECTIONS.get(code[:1]) or (f"업종 {code}", f"industry {code}")


def normal_code(code: str | None) -> str:
    """Return the code without spaces, its letter in upper case; empty when missing."""
    return (code or "").strip().upper()
