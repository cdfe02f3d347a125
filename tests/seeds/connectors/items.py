"""Items in the formats of the sources, made for the tests."""

from __future__ import annotations

from typing import Any


def k_startup_item(number: int = 1, **overrides: Any) -> dict[str, Any]:
    return {
        "pbanc_sn": 170_000 + number,
        "biz_pbanc_nm": f"2026년 제{number}회 로봇 실증 지원사업 참여기업 모집 공고",
        "intg_pbanc_biz_nm": "로봇 실증 지원사업",
        "intg_pbanc_yn": "N",
        "pbanc_ntrp_nm": "서울시험진흥원",
        "sprv_inst": "공공기관",
        "supt_biz_clsfc": "사업화",
        "supt_regin": "서울",
        "aply_trgt": "일반기업,1인 창조기업",
        "aply_trgt_ctnt": "공고일 기준 창업 7년 미만 &lsquo;로봇&rsquo; 기업",
        "aply_excl_trgt_ctnt": "",
        "biz_enyy": "예비창업자,1년미만,2년미만,3년미만,5년미만,7년미만",
        "biz_trgt_age": "만 20세 이상 ~ 만 39세 이하,만 40세 이상",
        "pbanc_ctnt": "<p>로봇 실증 공간과 비용을 지원합니다.&nbsp;</p><script>alert(1)</script>",
        "pbanc_rcpt_bgng_dt": "20261102",
        "pbanc_rcpt_end_dt": "20261218",
        "detl_pg_url": f"www.k-startup.go.kr/web/contents/bizpbanc-ongoing.do?schM=view&amp;pbancSn={170_000 + number}",
        "rcrt_prgs_yn": "Y",
        **overrides,
    }


def bizinfo_item(number: int = 1, **overrides: Any) -> dict[str, Any]:
    return {
        "pblancId": f"PBLN_{number:012}",
        "pblancNm": f"[서울] 2026년 제{number}회 로봇 실증 지원사업 참여기업 모집 공고",
        "jrsdInsttNm": "서울특별시",
        "excInsttNm": "(재)서울시험진흥원",
        "reqstBeginEndDe": "20261102 ~ 20261218",
        "trgetNm": "중소기업",
        "hashtags": "기술,서울,로봇",
        "pldirSportRealmLclasCodeNm": "기술",
        "bsnsSumryCn": "<p>로봇 실증을 <b>지원</b>합니다.</p>",
        "pblancUrl": f"/web/lay1/bbs/S1T122C128/AS/74/view.do?pblancId=PBLN_{number:012}",
        "creatPnttm": "2026-10-30 10:11:12",
        **overrides,
    }
