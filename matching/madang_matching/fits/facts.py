"""True facts of a call that the score does not use, for fits with fewer than two reasons."""

from __future__ import annotations

from collections.abc import Iterator

from madang_matching.eligibility.dates import day_of, day_said, seoul_day
from madang_matching.fits.applicant import Applicant
from madang_matching.fits.features.purposes import PURPOSE_NAMES
from madang_matching.korean import with_particle
from madang_matching.scoring.features import Fact


def neutral_facts(applicant: Applicant, candidate: int) -> Iterator[tuple[str, Fact]]:
    """Yield kind and fact, most telling first; the last two are there for every call."""
    call = applicant.call(candidate)
    names = [PURPOSE_NAMES[purpose] for purpose in call.purposes if purpose in PURPOSE_NAMES]
    if names:
        ko, en = ", ".join(name for name, _ in names), ", ".join(name for _, name in names)
        yield "purposes", Fact(f"{with_particle(ko, '을/를')} 지원합니다.", f"It gives {en}.", " ".join(call.purposes))
    if noticed := day_of(call.noticed_on):
        ko, en = day_said(noticed)
        yield "notice", Fact(f"{ko}에 공고되었습니다.", f"Announced on {en}.", noticed.isoformat())
    conditions = [each for each in applicant.conditions[candidate] if not each.spared]
    count = sum(condition.verdict == "check" for condition in conditions)
    yield (
        "rules",
        Fact(
            f"자격 조건 {len(conditions)}개 가운데 {count}개는 확인이 필요합니다.",
            f"{count} of its {len(conditions)} conditions need checking.",
            f"{count}/{len(conditions)}",
        ),
    )
    closing = seoul_day(call.closes_at)
    if closing is None:
        yield "timing", Fact("마감일이 알려지지 않았습니다.", "The closing day is not known.", "")
    else:
        ko, en = day_said(closing)
        yield "timing", Fact(f"{ko}에 마감합니다.", f"It closes on {en}.", call.closes_at or "")
