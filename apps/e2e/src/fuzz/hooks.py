"""What schemathesis has to know of Atrium beyond the document of its API: which texts, times, ids and keys lead further
than the first refusal, how lines of JSON are written, and what no answer may hold."""

import datetime
import json
import os
import random
import re
import threading
import uuid

import schemathesis
from hypothesis import strategies as st

# A text that personal fields are given now and then: it must be in no log.
CANARY = os.environ["ATRIUM_FUZZ_CANARY"]

NDJSON = "application/x-ndjson"
KEY = re.compile(r"[\x21-\x7e]{1,200}")
CHANCE = random.Random(int(os.environ["ATRIUM_FUZZ_SEED"]))


class Seen:
    """Values that answers gave and later requests may use, the last few hundred of each kind."""

    def __init__(self):
        self._values, self._lock = {}, threading.Lock()

    def add(self, kind, value):
        with self._lock:
            values = self._values.setdefault(kind, [])
            values.append(value)
            del values[:-300]

    def pick(self, kind):
        with self._lock:
            values = self._values.get(kind)
            return CHANCE.choice(values) if values and CHANCE.random() < 0.7 else None


seen = Seen()

# Where in the log the resources of this run were made, by id.
positions = {}

letters = st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cf", "Z"])
written = st.one_of(st.text(letters, min_size=1, max_size=30), st.just(CANARY), st.sampled_from(["王小明", "<b>&amp;</b>", "'; --", "../..", "😀"]))
schemathesis.openapi.format("written", written)
schemathesis.openapi.format(
    "date-time",
    st.datetimes(datetime.datetime.now() - datetime.timedelta(days=2), datetime.datetime.now() + datetime.timedelta(days=30)).map(lambda time: time.isoformat(timespec="milliseconds") + "Z"),
)


@schemathesis.hook
def before_load_schema(context, raw_schema):
    """Lines of JSON are a list of lines; texts without a rule of their own are such as people write."""
    components = raw_schema["components"]["schemas"]
    for operations in raw_schema["paths"].values():
        for operation in operations.values():
            sow([parameter["schema"] for parameter in operation.get("parameters", []) if parameter["in"] == "query"], components, set())
            content = operation.get("requestBody", {}).get("content", {})
            for media_type, body in content.items():
                if media_type == NDJSON:
                    body["schema"] = {"type": "array", "items": body["schema"]["x-line"], "minItems": 1, "maxItems": 5}
                    body.pop("examples", None)
                sow(body["schema"], components, set())
            for answer in operation["responses"].values():
                for media_type, body in answer.get("content", {}).items():
                    if media_type == NDJSON:
                        body["schema"] = {"type": "array", "items": body["schema"]["x-line"], "minItems": 1}


def sow(schema, components, done):
    if isinstance(schema, list):
        for entry in schema:
            sow(entry, components, done)
    if not isinstance(schema, dict):
        return
    name = schema.get("$ref", "").removeprefix("#/components/schemas/")
    if name and name not in done:
        done.add(name)
        sow(components[name], components, done)
    if schema.get("type") == "string" and not {"enum", "const", "format", "pattern"} & schema.keys():
        schema["format"] = "written"
    for value in list(schema.values()):
        sow(value, components, done)


@schemathesis.serializer(NDJSON)
def to_lines(context, value):
    lines = value if isinstance(value, list) else [value]
    return "\n".join(json.dumps(line, default=str) for line in lines).encode("utf-8", "replace")


@schemathesis.deserializer(NDJSON)
def from_lines(context, response):
    return [json.loads(line) for line in response.content.decode("utf-8").split("\n") if line]


@schemathesis.hook
def before_call(context, case, kwargs):
    """A sound key is used once; ids and tokens are mostly such as there are; few say which revision they saw."""
    for name, value in list((case.headers or {}).items()):
        if name.lower() == "idempotency-key" and isinstance(value, str) and KEY.fullmatch(value):
            case.headers[name] = str(uuid.UUID(int=CHANCE.getrandbits(128)))
        if name.lower() == "if-match" and CHANCE.random() < 0.7:
            del case.headers[name]
    if case.meta is not None and not case.meta.generation.mode.is_positive:
        return
    replace(case.path_parameters, "id", "id", is_uuid)
    for name in ("after", "cursor", "complaint"):
        replace(case.query, name, "id" if name == "complaint" else name, lambda value: isinstance(value, str))
    # Pages follow the log: whoever looks for what has just been made says since when.
    made_at = positions.get((case.path_parameters or {}).get("id"))
    if case.method == "GET" and made_at:
        case.query = {**(case.query or {}), "after": made_at}


def replace(holder, name, kind, is_sound):
    if holder and name in holder and is_sound(holder[name]):
        holder[name] = seen.pick(kind) or holder[name]


def is_uuid(value):
    try:
        return str(uuid.UUID(value)) == value.lower()
    except (ValueError, AttributeError, TypeError):
        return False


@schemathesis.hook
def after_call(context, case, response):
    position = response.headers.get("atrium-position")
    if position:
        seen.add("after", position[0])
    if response.status_code in (200, 201) and "json" in str(response.headers.get("content-type")) and NDJSON not in str(response.headers.get("content-type")):
        answer = response.json()
        if response.status_code == 201 and "id" in answer:
            seen.add("id", answer["id"])
            positions[answer["id"]] = position[0]
        if isinstance(answer, dict) and "next" in answer:
            seen.add("cursor", answer["next"])


# Rules that JSON Schema has no words for.
BEYOND_THE_SCHEMA = re.compile(r"must lie between the years|contains control characters|holds nothing that can be seen|position-invalid|position-of-another-log|cursor-invalid|if-match-invalid|occurred-")


@schemathesis.hook
def filter_failure(context, failure, case, response):
    return type(failure).__name__ != "RejectedPositiveData" or BEYOND_THE_SCHEMA.search(response.text) is None


INTERNALS = re.compile(
    r"\bat \S.{0,200}:\d+:\d+\)|\n\s+at |node_modules|file://|/(?:work|home|root|tmp|usr|var)/|\beyJ[\w-]{10,}|\b(?:127\.0\.0\.1|ECONN\w+|EPIPE|ENOENT)\b"
    r"|\b(?:fastify|nestjs|typeorm|postgres(?:ql)?|zod|lmdb|grpc|esdb|eventstore|undici)\b|FST_ERR|QueryFailed|SyntaxError|TypeError|RangeError|ZodError"
    r"|invalid input syntax|violates|relation \"|\bpg_\w+|\[object Object\]",
    re.IGNORECASE,
)
CODE = re.compile(r"[a-z][a-z0-9-]{2,60}")


@schemathesis.check
def refusals_tell_nothing(context, response, case):
    """A problem with a code, without internals and without what was sent; headers that make no page of it."""
    if response.status_code < 400:
        return
    text = response.content.decode("utf-8")
    found = INTERNALS.search(text)
    assert not found, f"The answer tells of internals: {found.group(0)}"
    assert CANARY not in text, "The answer repeats a value"
    assert response.headers.get("content-type") == ["application/problem+json; charset=utf-8"], "The answer is no problem+json"
    problem = json.loads(text)
    assert CODE.fullmatch(problem["code"]) and problem["status"] == response.status_code, "The problem has no code, or another status"
    assert response.headers.get("x-content-type-options") == ["nosniff"] and response.headers.get("cache-control") == ["no-store"], "Headers are missing"
