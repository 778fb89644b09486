"""Office cards: made once, admitted by steps, refused with words of their own."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from hypothesis import given, settings
from hypothesis import strategies as st

from comity import canonical
from comity.identifiers import OfficeId, StateCode
from comity.journal import LocalSigner, Purpose, seal_leaves
from comity.journal.merkle import leaf_hash
from comity.trust import Doubt, FolderTrust, OfficeCard, TrustError, load_keys, make_office, own_card, read_card, renew_card, write_card
from comity.trust.card import card_value

AT = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
KZ, TJ = OfficeId("kz-gpo"), OfficeId("tj-gpo")
NAMES = {"en": "Prosecutor General's Office of the Republic of Kazakhstan", "ru": "Генеральная прокуратура Республики Казахстан"}


@pytest.fixture(scope="session")
def kz_home(tmp_path_factory) -> Path:
    home = tmp_path_factory.mktemp("kz")
    make_office(home, KZ, state=StateCode("KZ"), names=NAMES, endpoint="https://gateway.kz.example:8443", at=AT)
    return home


@pytest.fixture(scope="session")
def kz_file(kz_home) -> bytes:
    return (kz_home / "trust" / "kz-gpo.office").read_bytes()


@pytest.fixture
def trust(tmp_path) -> FolderTrust:
    return FolderTrust(tmp_path / "trust")


def made(home: Path, *, names=NAMES, endpoint="https://127.0.0.1:8443", office=KZ) -> OfficeCard:
    return make_office(home, office, state=StateCode("KZ"), names=names, endpoint=endpoint, at=AT)


def refused(trust: FolderTrust, data: bytes, **how) -> TrustError:
    before = trust.cards()
    with pytest.raises(TrustError) as caught:
        trust.admit(data, how.pop("at", AT), **how)
    assert trust.cards() == before
    return caught.value


def test_a_card_read_back_is_the_card_written(kz_home, kz_file):
    card = read_card(kz_file)
    assert card == own_card(kz_home)
    assert card.name("ru") == NAMES["ru"]
    assert card.name("kk") == NAMES["en"]
    assert canonical.loads(kz_file)["card"] == card_value(card)


def test_private_keys_are_readable_by_their_owner_alone(kz_home):
    assert sorted(path.name for path in (kz_home / "keys").iterdir()) == ["hpke.key", "identity.key", "seal.key", "tls.key", "tls.pem"]
    assert {path.name: path.stat().st_mode & 0o777 for path in (kz_home / "keys").glob("*.key")} == dict.fromkeys(
        ["hpke.key", "identity.key", "seal.key", "tls.key"], 0o600
    )
    assert (kz_home / "keys").stat().st_mode & 0o777 == 0o700


def test_the_certificate_is_for_the_endpoint_and_for_loopback(kz_file):
    certificate = x509.load_der_x509_certificate(read_card(kz_file).tls[0])
    names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert names.get_values_for_type(x509.DNSName) == ["localhost", "gateway.kz.example"]
    assert [str(one) for one in names.get_values_for_type(x509.IPAddress)] == ["127.0.0.1"]


def test_the_keys_loaded_are_those_on_the_card(kz_home):
    keys, card = load_keys(kz_home), own_card(kz_home)
    assert keys.signer.key == card.seal_keys[0]
    assert list(keys.hpke) == [card.hpke_keys[0].id]


def test_keys_are_never_made_over_others(kz_home):
    before = (kz_home / "keys" / "seal.key").read_bytes()
    with pytest.raises(TrustError, match="already has"):
        made(kz_home)
    assert (kz_home / "keys" / "seal.key").read_bytes() == before


@pytest.mark.parametrize(("names", "endpoint"), [({"ru": "Прокуратура"}, None), (NAMES, "http://127.0.0.1:80"), ({"en": ""}, None)])
def test_an_office_that_could_have_no_card_leaves_no_keys(tmp_path, names, endpoint):
    with pytest.raises(TrustError) as caught:
        made(tmp_path / "home", names=names, endpoint=endpoint)
    assert caught.value.doubt is Doubt.MALFORMED
    assert not (tmp_path / "home" / "keys").exists()


def test_an_admitted_card_answers_for_its_office(trust, kz_file):
    card = trust.admit(kz_file, AT, office=KZ)
    assert trust.card(KZ) == card
    assert trust.cards() == (card,)
    assert trust.seal_key(KZ, card.seal_keys[0].id) == card.seal_keys[0]
    assert trust.seal_key(TJ, card.seal_keys[0].id) is None
    assert trust.hpke_key(KZ, AT) == card.hpke_keys[0]
    assert trust.hpke_key(KZ, card.valid_until) is None
    assert trust.office_of(card.tls[0]) == KZ
    assert trust.certificates() == {KZ: card.tls}
    assert FolderTrust(trust.folder).card(KZ) == card


def test_another_process_sees_what_was_admitted(trust, kz_file):
    other = FolderTrust(trust.folder)
    trust.admit(kz_file, AT)
    assert other.card(KZ) is None
    assert other.reload() is True
    assert other.card(KZ) is not None
    assert other.reload() is False


def test_a_bad_signature_is_refused(trust, kz_file):
    value = canonical.loads(kz_file)
    value["card"]["endpoint"] = "https://elsewhere.example:8443"
    error = refused(trust, canonical.dumps(value))
    assert error.doubt is Doubt.BAD_SIGNATURE
    assert "changed on its way" in str(error)


def test_a_seal_for_another_purpose_is_no_card_signature(trust, tmp_path, kz_file):
    signer = LocalSigner.generate(KZ, AT)
    value = card_value(replace(read_card(kz_file), identity=signer.key))
    (placement,) = seal_leaves(Purpose.EVENTS, [leaf_hash(canonical.dumps(value))], signer, AT)
    error = refused(trust, canonical.dumps({"card": value, "seal": placement.seal.value()}))
    assert error.doubt is Doubt.BAD_SIGNATURE


def test_a_card_is_refused_outside_its_time(trust, kz_file):
    late = refused(trust, kz_file, at=AT + timedelta(days=365 * 3))
    early = refused(trust, kz_file, at=AT - timedelta(seconds=1))
    assert late.doubt is Doubt.EXPIRED
    assert "ended on 2028-11-22T08:00:00Z" in str(late)
    assert early.doubt is Doubt.NOT_YET_VALID
    assert "clock" in str(early)


def test_a_card_of_another_office_is_refused(trust, kz_file):
    error = refused(trust, kz_file, office=TJ)
    assert error.doubt is Doubt.OTHER_OFFICE
    assert "card of kz-gpo, not of tj-gpo" in str(error)


def test_an_older_card_is_refused_and_its_keys_still_verify(trust, tmp_path):
    home = tmp_path / "kz"
    first = made(home)
    first_file = (home / "trust" / "kz-gpo.office").read_bytes()
    rotated = LocalSigner.generate(KZ, AT)
    second = renew_card(home, replace(first, seal_keys=(rotated.key,)), AT)
    second_file = (home / "trust" / "kz-gpo.office").read_bytes()
    trust.admit(first_file, AT)
    trust.admit(second_file, AT)
    error = refused(trust, first_file)
    assert error.doubt is Doubt.OLDER
    assert "Version 2" in str(error)
    assert "version 1" in str(error)
    assert trust.card(KZ) == second
    assert trust.seal_key(KZ, first.seal_keys[0].id) == first.seal_keys[0]
    assert trust.seal_key(KZ, rotated.key.id) == rotated.key


def test_the_same_version_with_other_words_is_refused(trust, kz_home, kz_file):
    trust.admit(kz_file, AT)
    assert trust.admit(kz_file, AT) == trust.card(KZ)
    card = read_card(kz_file)
    identity = LocalSigner(_private(kz_home), KZ, valid_from=AT)
    error = refused(trust, write_card(replace(card, endpoint=None), identity, AT))
    assert error.doubt is Doubt.OLDER


def test_another_identity_is_refused_unless_forced(trust, tmp_path, kz_file):
    trust.admit(kz_file, AT)
    impostor = made(tmp_path / "other")
    data = (tmp_path / "other" / "trust" / "kz-gpo.office").read_bytes()
    error = refused(trust, data)
    assert error.doubt is Doubt.OTHER_IDENTITY
    assert "another channel" in str(error)
    assert trust.admit(data, AT, force=True) == impostor
    assert trust.card(KZ) == impostor


def test_a_card_signed_by_a_key_it_does_not_name_is_not_written(kz_file):
    with pytest.raises(TrustError) as caught:
        write_card(read_card(kz_file), LocalSigner.generate(KZ, AT), AT)
    assert caught.value.doubt is Doubt.BAD_SIGNATURE


@pytest.mark.parametrize(
    "data", [b"", b"{}", b"[1]", b'{"card":{},"seal":{}}', b"\xff\xfe", b'{"card":null,"seal":null}', b"{" + b" " * 300_000]
)
def test_what_is_no_card_is_malformed(trust, data):
    assert refused(trust, data).doubt is Doubt.MALFORMED


def test_a_broken_file_in_the_folder_is_named(trust, kz_file):
    trust.folder.mkdir()
    (trust.folder / "tj-gpo.office").write_bytes(kz_file)
    with pytest.raises(TrustError, match=r"tj-gpo\.office: .*card of kz-gpo"):
        trust.reload()


@settings(max_examples=60, deadline=None)
@given(place=st.integers(min_value=0), bit=st.integers(min_value=0, max_value=7))
def test_a_changed_bit_anywhere_is_found(kz_file, place, bit):
    changed = bytearray(kz_file)
    changed[place % len(kz_file)] ^= 1 << bit
    with pytest.raises(TrustError):
        read_card(bytes(changed))


def _private(home: Path) -> bytes:
    return bytes.fromhex(canonical.loads((home / "keys" / "identity.key").read_bytes())["private"])
