"""The words of closed lists: what STARTUP or NOT_ELIGIBLE is called on a page. English is the message id."""

from __future__ import annotations

from markupsafe import Markup

from madang_frontend.fields import FIELDS
from madang_frontend.letters import isolated
from madang_frontend.wording import Wording


def N_(message: str) -> str:
    """Mark a sentence for the catalogue; gettext's own name, which the extractor looks for."""
    return message


TERMS: dict[str, dict[str, str]] = {
    "organisation kind": {
        "STARTUP": N_("Startup"),
        "SME": N_("SME"),
        "CORPORATE": N_("Large company"),
        "RESEARCH": N_("Research body"),
        "PUBLIC_BODY": N_("Public body"),
        "INVESTOR": N_("Investor"),
        "CIVIC": N_("Civic group"),
    },
    "stage": {
        "IDEA": N_("Idea"),
        "SEED": N_("Seed"),
        "EARLY": N_("Early"),
        "GROWTH": N_("Growth"),
        "MATURE": N_("Mature"),
    },
    "purpose": {
        "MONEY": N_("Money"),
        "SPACE": N_("Space"),
        "EQUIPMENT": N_("Equipment"),
        "MENTORING": N_("Mentoring"),
        "DATA": N_("Data"),
        "TESTING": N_("Field trials"),
    },
    "verdict": {
        "ELIGIBLE": N_("You can apply"),
        "CHECK": N_("To be checked"),
        "NOT_ELIGIBLE": N_("You cannot apply"),
    },
    "verdict said": {
        "ELIGIBLE": N_("You can apply for this call"),
        "CHECK": N_("Something is still to be checked"),
        "NOT_ELIGIBLE": N_("You cannot apply as things stand"),
    },
    "rule verdict": {"ELIGIBLE": N_("Met"), "CHECK": N_("To be checked"), "NOT_ELIGIBLE": N_("Not met")},
    "rule": {
        "firm_age": N_("Age of firm"),
        "region": N_("Seat"),
        "industry": N_("Industry"),
        "size": N_("Size"),
        "organisation_kind": N_("Kind of firm"),
        "prose": N_("Other rule"),
    },
    "fact": {
        "founded_on": N_("Founded"),
        "employees": N_("Employees"),
        "revenue_won": N_("Revenue"),
        "industry_code": N_("Industry"),
        "region_codes": N_("Seat"),
        "kind": N_("Kind of firm"),
        "needs": N_("What we look for"),
        "offers": N_("What we can supply"),
        "technologies": N_("Technologies"),
        "summary": N_("What we do"),
        "stage": N_("Stage"),
    },
    "judgement": {
        "USEFUL": N_("Useful"),
        "NOT_RELEVANT": N_("Not relevant"),
        "ACCEPTED": N_("Accepted the introduction"),
        "REFUSED": N_("Declined the introduction"),
        "WORKED": N_("It led to something"),
        "FAILED": N_("Nothing came of it"),
    },
    "judgement reason": {
        "WRONG_FIELD": N_("Wrong field"),
        "TOO_FAR": N_("Too far away"),
        "WRONG_SIZE": N_("Size does not fit"),
        "KNOWN_ALREADY": N_("We know it already"),
        "COMPETITOR": N_("A competitor"),
        "BAD_TIMING": N_("Not now"),
        "OTHER": N_("Another reason"),
    },
    "fact question": {
        "founded_on": N_("When was the firm founded?"),
        "employees": N_("How many people work in the firm?"),
        "revenue_won": N_("What was the revenue of the last year?"),
        "industry_code": N_("What is the main industry of the firm?"),
        "region_codes": N_("Where is the head office?"),
        "kind": N_("What kind of firm is it?"),
    },
    "call step": {"announced": N_("Announced"), "opens": N_("Opens"), "closes": N_("Closes")},
    "call state": {
        "UPCOMING": N_("Opens soon"),
        "OPEN": N_("Open"),
        "CLOSED": N_("Closed"),
        "UNKNOWN": N_("Dates not known"),
    },
    "space kind": {
        "HUB": N_("Hub"),
        "LAB": N_("Lab"),
        "COWORKING": N_("Co-working space"),
        "MAKER": N_("Maker space"),
        "TESTBED": N_("Test-bed"),
        "LIVING_LAB": N_("Living lab"),
    },
    "space state": {"OPEN": N_("In use"), "CLOSED": N_("Closed down"), "UNKNOWN": N_("Not known whether in use")},
    "district kind": {"CITY": N_("City"), "GU": N_("Gu"), "INNOVATION_DISTRICT": N_("Innovation district")},
    "barrier": {
        "SKILL": N_("Skills are missing"),
        "MONEY": N_("Money is missing"),
        "PARTNER": N_("A partner is missing"),
        "DATA": N_("Data are missing"),
        "EQUIPMENT": N_("Equipment is missing"),
        "TIME": N_("Time is missing"),
    },
    "need state": {"OPEN": N_("Still looking"), "MET": N_("Solved"), "WITHDRAWN": N_("Withdrawn")},
    "introduction state": {
        "REQUESTED": N_("Waiting for an answer"),
        "ACCEPTED": N_("Accepted"),
        "DECLINED": N_("Declined"),
        "WITHDRAWN": N_("Withdrawn"),
        "EXPIRED": N_("Lapsed"),
    },
    "visibility": {
        "PUBLIC": N_("Everyone"),
        "MEMBERS": N_("People who are signed in"),
        "PRIVATE": N_("Only our own people"),
    },
    "thing": {
        "Organisation": N_("Organisation"),
        "Programme": N_("Programme"),
        "Call": N_("Call"),
        "Space": N_("Space"),
        "District": N_("District"),
        "Technology": N_("Technology"),
        "Need": N_("Need"),
        "Offer": N_("Offer"),
    },
    "done": {
        "need-posted": N_("Your need is posted. The list of partners is being made anew."),
        "offer-posted": N_("Your offer is posted. Those who look for it will find you."),
        "profile-saved": N_("Your profile is saved. Your programmes are being matched anew."),
        "dismissed": N_("Hidden from your list."),
        "restored": N_("It is back on your list."),
        "endorsed": N_("Noted as useful. The matching learns from it."),
        "unsaid": N_("Taken back."),
        "reported": N_("Noted. The matching learns from it."),
        "asked": N_("Your request is on its way. You will find the answer here."),
        "answered": N_("Your answer is sent."),
        "taken-back": N_("Your request is taken back."),
        "need-reopened": N_("Your need is open again. The list of partners is being made anew."),
        "welcome": N_("Welcome. Your account is ready."),
        "signed-out": N_("You are signed out."),
    },
    "notice": {
        "address-not-understood": N_("Part of the address was not understood and was left out."),
    },
    "problem": {
        "missing": N_("This is needed."),
        "choice": N_("Choose one of the list."),
        "whole-number": N_("Write a whole number, such as 12 or 3,000."),
        "amount": N_("Write an amount, such as 320,000,000 or 320 million."),
        "too-large": N_("This is too large. Check the number of digits."),
        "date": N_("Write year, month and day, such as 2022-06-14 or 2022.6.14."),
        "value": N_("This is not understood. Write it another way."),
        "form-too-old": N_("This form was open too long, or came from another page. Nothing is lost: send it again."),
    },
    "certificate": {
        "venture": N_("Venture firm"),
        "innobiz": N_("Inno-Biz"),
        "mainbiz": N_("Main-Biz"),
        "research_lab": N_("Corporate research lab"),
        "iso9001": N_("ISO 9001"),
        "social": N_("Social enterprise"),
        "women": N_("Woman-led firm"),
    },
    "demo role": {
        "admin": N_("Platform administrator"),
        "district_manager": N_("District manager"),
        "startup": N_("Startup"),
        "sme": N_("SME"),
    },
    "demo view": {
        "admin": N_("Sees everything, of all districts."),
        "district_manager": N_("Who is here, who works with whom, and who stands alone."),
        "startup": N_("What to apply for, and why, rule by rule."),
        "sme": N_("Who can solve a problem of the plant, and who pays."),
    },
    "role": {
        "owner": N_("owner"),
        "editor": N_("editor"),
        "reader": N_("reader"),
        "coordinator": N_("coordinator"),
        "participant": N_("participant"),
        "partner": N_("partner"),
        "beneficiary": N_("beneficiary"),
        "member": N_("member"),
    },
    "field of work": {word: word for word in FIELDS},
}


def term(value: str | None, group: str, wording: Wording) -> Markup:
    """Return the word for a value of a closed list; a word that a source invented is shown as it is."""
    if value is None:
        return Markup("")
    return wording.say(TERMS[group].get(value) or isolated(value.replace("_", " ")))
