"""Model fields of the kernel."""

from __future__ import annotations

import json
from typing import Any

from django.core.exceptions import FieldError
from django.db import models
from django.db.models.lookups import IsNull

from placewide.kernel import keys


class SealedJSONField(models.BinaryField):  # type: ignore[type-arg]
    """JSON that is encrypted in the database. It cannot be searched or compared, only be null or not.

    ``purpose`` names what it holds ("journey.answers"); it is part of the encryption, so it must never change.
    """

    def __init__(self, *args: Any, purpose: str, **options: Any) -> None:
        self.purpose = purpose
        options.setdefault("editable", False)
        super().__init__(*args, **options)

    def deconstruct(self) -> Any:
        name, path, args, options = super().deconstruct()
        return name, path, args, options | {"purpose": self.purpose}

    def get_prep_value(self, value: Any) -> Any:
        if value is None:
            return None
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        return keys.seal(text.encode(), purpose=self.purpose)

    def from_db_value(self, value: Any, expression: object, connection: object) -> Any:
        if value is None:
            return None
        return json.loads(keys.open_sealed(bytes(value), purpose=self.purpose))

    def to_python(self, value: Any) -> Any:
        return value

    def value_to_string(self, obj: models.Model) -> Any:
        return self.value_from_object(obj)

    def get_default(self) -> Any:
        return self._get_default()  # type: ignore[attr-defined]  # BinaryField turns an empty default into b""

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name == "isnull":
            return IsNull
        raise FieldError(f"{self.name} is sealed: it cannot be searched by {lookup_name}")
