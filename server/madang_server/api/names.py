"""Names of the read model's types as the inputs of mutations write them. `mutations` puts the real types in their
place; these stand for what a type checker should take them for."""

Date = str
Instant = str
Won = int
OrganisationKind = str
Stage = str
Visibility = str
Barrier = str
Language = str
JudgementReason = str
AwardState = str
Regime = str
ApplicationState = str
DocumentKind = str
Purpose = str
Digest = str
DoubtState = str
