"""Documents: the papers that calls ask for, and which of them an organisation has ready. No file is kept."""

from madang_graph.model.declare import Node, Relationship, date, instant, integer, text

DOCUMENT_KINDS = (
    "business_plan",
    "business_registration",
    "corporate_register",
    "financial_statements",
    "tax_clearance",
    "local_tax_clearance",
    "insurance_list",
    "sme_certificate",
    "venture_certificate",
    "research_lab_certificate",
    "factory_registration",
    "patent_certificate",
    "cost_estimate",
    "consent_to_use_data",
)

DOCUMENT = Node(
    "Document",
    "A paper that an organisation has ready, with the day on which it expires.",
    {
        "id": text("Public id of the document."),
        "kind": text("Which paper it is.", *DOCUMENT_KINDS),
        "expires_on": date("Last day on which it is valid; missing: it does not expire."),
        "note": text("Where it is kept, or what to mind."),
        "version": integer("Counts every saving; a form sends the one it was filled from."),
        "recorded_at": instant("When it was last saved."),
        "removed_at": instant("When it was taken off the list; missing: it stands."),
    },
    prefix="doc_",
)

RELATIONSHIPS = (Relationship("(:Organisation)-[:KEEPS]->(:Document)", "It has this paper ready.", {}),)
