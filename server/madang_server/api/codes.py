"""Every `extensions.code` of a top-level error, with its HTTP status and when it is given."""

CODES: tuple[tuple[str, int, str], ...] = (
    ("BAD_REQUEST", 400, "The request is no GraphQL request: no JSON, no object, no `query`."),
    ("GRAPHQL_PARSE_FAILED", 400, "The document is not GraphQL."),
    ("GRAPHQL_VALIDATION_FAILED", 400, "The document does not fit the schema."),
    ("OPERATION_RESOLUTION_FAILURE", 400, "The document has no operation of the given name, or several without one."),
    ("BAD_USER_INPUT", 400, "A variable or argument has a wrong type or range, or a cursor is of another list."),
    ("QUERY_TOO_LARGE", 400, "The document or its variables are over one of the limits; the message says which."),
    ("UNAUTHENTICATED", 401, "The API token is unknown or has expired."),
    ("FORBIDDEN", 403, "The request is refused."),
    ("CROSS_SITE", 403, "Another site made the browser send the request."),
    ("STALE_FORM", 403, "The proof of the form or page is missing, of another session, or too old."),
    ("METHOD_NOT_ALLOWED", 405, "A mutation was sent by GET."),
    ("BODY_TOO_LARGE", 413, "The body is larger than 256 KiB."),
    ("UNSUPPORTED_MEDIA_TYPE", 415, "The body is not sent as `application/json`."),
    ("INTERNAL_SERVER_ERROR", 500, "A bug; it is logged under the `id` beside the code."),
    ("SERVICE_UNAVAILABLE", 503, "The graph cannot be reached."),
    ("TIMEOUT", 503, "The graph took too long."),
)
