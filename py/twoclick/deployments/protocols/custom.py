"""Any server that answers a picture with JSON: the person says how it is asked, and where in the
answer the objects are.

There is no source: the requests are those of RFC 9110 and RFC 7578; forms of answers that are known
are examples in tests/unit/deployments/mapping, each with its source.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from twoclick.deployments.answer import Answer
from twoclick.deployments.deployment import Deployment, Picture
from twoclick.deployments.encoding import JSON_TYPE, base64_of, data_url_of, form_post
from twoclick.deployments.errors import DeploymentError
from twoclick.deployments.mapping import answer_mapping
from twoclick.deployments.mapping.answer_mapping import bad_setting, mapping_of
from twoclick.deployments.mapping.applying import answer_of
from twoclick.deployments.messages import BASIC, BEARER, CredentialPlace, Exchange, HttpRequest
from twoclick.deployments.protocol import Field, Finding, Health, OpenMask
from twoclick.deployments.reading import json_of, json_of_text, server_says

AS_JSON, AS_FORM, AS_BODY = "JSON", "form", "the picture alone"

NO_CREDENTIAL, IN_BEARER, IN_HEADER, IN_QUERY, IN_BASIC = (
    "none",
    "bearer",
    "header",
    "query",
    "user and password",
)

_TEMPLATE = '{"image": "{{base64}}"}'
_PLACEHOLDER = re.compile(r"\{\{\s*(\w*)\s*\}\}")
_STAND_INS = {"base64": "AA==", "data_url": "data:,", "width": "1", "height": "1"}

_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
"""A name of a header (RFC 9110, section 5.6.2)."""

_OWN_HEADERS = re.compile(
    r"(?:accept-encoding|connection|content-(?:length|type)|date|expect|host|keep-alive|origin|"
    r"referer|te|trailer|transfer-encoding|upgrade|via|(?:sec|proxy|access-control)-.*)",
    re.IGNORECASE,
)
"""What the carrier of a request says itself, or no page may say (Fetch, section 2.2.2)."""

_SECRETS = re.compile(
    r"authorization|cookie|token|secret|password|api-?key|access-?key|^key$|auth", re.IGNORECASE
)

_ASKING: tuple[Field, ...] = (
    Field(
        key="send",
        label="The picture is sent as",
        kind="choice",
        choices=(AS_JSON, AS_FORM, AS_BODY),
        default=AS_JSON,
    ),
    Field(
        key="template",
        label="JSON to send",
        kind="json",
        default=_TEMPLATE,
        only_with=("send", (AS_JSON,)),
        hint="With {{base64}} or {{data_url}} for the picture, {{width}} and {{height}} for its "
        "size in pixels",
    ),
    Field(
        key="form_file",
        label="Field of the file",
        default="file",
        only_with=("send", (AS_FORM,)),
    ),
    Field(
        key="form_fields",
        label="Other fields of the form",
        kind="json",
        hint='Names and texts: {"conf": "0.25"}',
        only_with=("send", (AS_FORM,)),
    ),
    Field(
        key="headers",
        label="Headers",
        kind="json",
        hint='Names and texts: {"X-Model": "cells"}. Credentials have their own field',
    ),
    Field(
        key="credential",
        label="The credential goes into",
        kind="choice",
        choices=(NO_CREDENTIAL, IN_BEARER, IN_HEADER, IN_QUERY, IN_BASIC),
        default=IN_BEARER,
    ),
    Field(
        key="credential_name",
        label="Name of that header or query parameter",
        hint="For instance X-API-Key, or api_key",
        only_with=("credential", (IN_HEADER, IN_QUERY)),
    ),
)


@dataclass(frozen=True, slots=True)
class CustomProtocol:
    """Whatever a mapping can tell: boxes, rotated boxes, polygons, masks, keypoints, classes."""

    name: str = "custom"
    title: str = "Custom"
    fields: tuple[Field, ...] = (*_ASKING, *answer_mapping.FIELDS)
    credential: CredentialPlace | None = BEARER

    def probe(self, deployment: Deployment) -> Exchange[Finding | None]:
        """No server can be told by an answer of any form: nothing is asked."""
        yield from ()
        return None

    def health(self, deployment: Deployment) -> Exchange[Health]:
        """There is no way to ask; it is not ready with settings that cannot be used."""
        yield from ()
        try:
            mapping_of(deployment.settings)
            _check_question(deployment)
        except DeploymentError as error:
            return Health(ready=False, says=str(error))
        return Health(ready=True)

    def example(self, deployment: Deployment, picture: Picture) -> Exchange[object]:
        """The JSON that is answered, as it is, to find a mapping by; what is set of one does not
        count."""
        response = yield _question(deployment, picture)
        return json_of(response)

    def predict(
        self, deployment: Deployment, picture: Picture, *, open_mask: OpenMask
    ) -> Exchange[Answer]:
        """See `protocol`."""
        mapping = mapping_of(deployment.settings)
        response = yield _question(deployment, picture)
        return answer_of(
            json_of(response),
            mapping,
            width=picture.width,
            height=picture.height,
            open_mask=open_mask,
            classes=deployment.classes,
            said=server_says(response),
        )


PROTOCOL = CustomProtocol()
_FIELDS = {field.key: field for field in PROTOCOL.fields}


def _question(deployment: Deployment, picture: Picture) -> HttpRequest:
    """The request with a picture; raises DeploymentError for settings that cannot be used."""
    credential = _credential(deployment)
    own = _texts(deployment, "headers")
    _check_headers(own)
    sent_as = _choice(deployment, "send")
    if sent_as == AS_FORM:
        request = form_post(
            deployment.address,
            picture,
            file_field=_form_name(_setting(deployment, "form_file"), "form_file"),
            fields=_form_fields(deployment),
        )
    elif sent_as == AS_JSON:
        request = _post(deployment, JSON_TYPE, _filled(deployment, picture).encode())
    else:
        told = {"Content-Type": picture.media_type, "Accept": "application/json"}
        request = _post(deployment, told, picture.content)
    # One header of a name: what the person says counts.
    kept = {
        name: text
        for name, text in request.headers.items()
        if name.lower() not in {one.lower() for one in own}
    }
    return replace(request, headers={**kept, **own}, credential=credential)


def _check_question(deployment: Deployment) -> None:
    """Raises DeploymentError for settings that no request can be made of."""
    _question(deployment, Picture(content=b"", media_type="image/png", width=1, height=1))


def _post(deployment: Deployment, headers: Mapping[str, str], body: bytes) -> HttpRequest:
    return HttpRequest(method="POST", url=deployment.address, headers=headers, body=body)


def _filled(deployment: Deployment, picture: Picture) -> str:
    """The JSON of the template with what its placeholders stand for."""
    template = _setting(deployment, "template")
    names = set(_PLACEHOLDER.findall(template))
    if unknown := names - _STAND_INS.keys():
        raise _bad("template", f"there is no {{{{{min(unknown)}}}}}")
    if not names & {"base64", "data_url"}:
        raise _bad("template", "it has no {{base64}} and no {{data_url}}: no picture would be sent")
    _json("template", _PLACEHOLDER.sub(lambda found: _STAND_INS[found[1]], template))
    values = {"width": str(picture.width), "height": str(picture.height)}
    for name, value_of in (("base64", base64_of), ("data_url", data_url_of)):
        if name in names:
            values[name] = value_of(picture)
    return _PLACEHOLDER.sub(lambda found: values[found[1]], template)


def _credential(deployment: Deployment) -> CredentialPlace | None:
    where = _choice(deployment, "credential")
    if where == NO_CREDENTIAL:
        return None
    if where in (IN_BEARER, IN_BASIC):
        return BEARER if where == IN_BEARER else BASIC
    name = _setting(deployment, "credential_name")
    if not _TOKEN.fullmatch(name):
        raise _bad("credential_name", f"“{name}” is no name of a {where}")
    return CredentialPlace(where="header" if where == IN_HEADER else "query", name=name)


def _check_headers(headers: Mapping[str, str]) -> None:
    for name, text in headers.items():
        if not _TOKEN.fullmatch(name) or _OWN_HEADERS.fullmatch(name):
            raise _bad("headers", f"“{name}” is no header that can be set here")
        if _SECRETS.search(name):
            raise _bad(
                "headers",
                f"“{name}” looks like a credential, and settings are stored with the project. "
                "Enter it as the credential, which is kept apart",
            )
        if not text.isascii() or not text.isprintable():
            raise _bad("headers", f"the text of “{name}” has characters that no header can have")


def _form_fields(deployment: Deployment) -> dict[str, str]:
    texts = _texts(deployment, "form_fields")
    return {_form_name(name, "form_fields"): text for name, text in texts.items()}


def _form_name(name: str, key: str) -> str:
    if not name.isprintable() or '"' in name or not name:
        raise _bad(key, f"“{name}” is no name of a form's field")
    return name


def _texts(deployment: Deployment, key: str) -> dict[str, str]:
    """A setting that holds a JSON object of texts; nothing where it is empty."""
    text = _setting(deployment, key)
    value = _json(key, text) if text else {}
    if not isinstance(value, dict) or not all(isinstance(one, str) for one in value.values()):
        raise _bad(key, 'it should be names and texts, as {"name": "text"}')
    return value


def _json(key: str, text: str) -> object:
    try:
        return json_of_text(text)
    except ValueError as error:
        raise _bad(key, f"it is no JSON: {error}") from error


def _setting(deployment: Deployment, key: str) -> str:
    return deployment.setting(key, _FIELDS[key].default)


def _choice(deployment: Deployment, key: str) -> str:
    text, choices = _setting(deployment, key), _FIELDS[key].choices
    if text not in choices:
        raise _bad(key, f"“{text}” is none of {', '.join(choices)}")
    return text


def _bad(key: str, why: str) -> DeploymentError:
    return bad_setting(_FIELDS[key].label, why)
