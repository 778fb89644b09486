"""The tree is RFC 6962's: its published roots, a proof for every leaf of every size, and no other proof."""

import random
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.errors import Code
from comity.journal import SealError
from comity.journal.merkle import leaf_hash, path, root, root_and_paths, root_from_path

# Source: the test data of Certificate Transparency (google/certificate-transparency, cpp/merkletree/merkle_tree_test.cc).
INPUTS = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
LEAVES = [leaf_hash(number.to_bytes(2)) for number in range(1000)]


def _root_by_the_definition(leaves):
    """RFC 6962, 2.1, word for word: split at the largest power of two below n."""
    if len(leaves) == 1:
        return leaves[0]
    k = 1 << (len(leaves) - 1).bit_length() - 1
    return sha256(b"\x01" + _root_by_the_definition(leaves[:k]) + _root_by_the_definition(leaves[k:])).digest()


def _path_by_the_definition(leaves, index):
    if len(leaves) == 1:
        return ()
    k = 1 << (len(leaves) - 1).bit_length() - 1
    if index < k:
        return (*_path_by_the_definition(leaves[:k], index), _root_by_the_definition(leaves[k:]))
    return (*_path_by_the_definition(leaves[k:], index - k), _root_by_the_definition(leaves[:k]))


@pytest.mark.parametrize("size", range(1, 9))
def test_the_published_roots_are_met(size):
    assert root([leaf_hash(bytes.fromhex(text)) for text in INPUTS[:size]]).hex() == ROOTS[size - 1]


def test_the_root_of_nothing_is_the_hash_of_nothing():
    assert root([]) == sha256(b"").digest()


@given(st.integers(1, 1000), st.randoms())
def test_every_proof_is_the_definitions_and_leads_to_the_root(size, chance: random.Random):
    index = chance.randrange(size)
    leaves = LEAVES[:size]
    proof = path(leaves, index)
    assert root(leaves) == _root_by_the_definition(leaves)
    assert proof == _path_by_the_definition(leaves, index)
    assert root_from_path(leaves[index], index, size, proof) == root(leaves)


@pytest.mark.parametrize("size", [*range(1, 34), 63, 64, 65, 127, 129, 255, 257, 511, 513, 999, 1000])
def test_all_leaves_of_a_size_are_proved_at_once(size):
    top, paths = root_and_paths(LEAVES[:size])
    assert top == root(LEAVES[:size])
    assert all(root_from_path(leaf, index, size, paths[index]) == top for index, leaf in enumerate(LEAVES[:size]))


@given(st.integers(2, 1000), st.data())
def test_a_proof_is_of_one_leaf_in_one_place(size, data):
    index = data.draw(st.integers(0, size - 1))
    leaves = LEAVES[:size]
    top, proof = root(leaves), path(leaves, index)
    other = data.draw(st.integers(0, size - 1).filter(lambda one: one != index))
    assert _leads(leaves[other], index, size, proof) != top
    assert _leads(leaves[index], other, size, proof) != top
    level = data.draw(st.integers(0, len(proof) - 1))
    changed = (*proof[:level], leaf_hash(proof[level]), *proof[level + 1 :])
    assert _leads(leaves[index], index, size, changed) != top


def _leads(leaf, index, size, proof):
    try:
        return root_from_path(leaf, index, size, proof)
    except SealError:
        return None


@given(st.integers(1, 1000), st.data())
def test_a_proof_of_another_length_is_refused(size, data):
    index = data.draw(st.integers(0, size - 1))
    proof = path(LEAVES[:size], index)
    for other in (proof[:-1], (*proof, LEAVES[0])):
        if other != proof:
            with pytest.raises(SealError) as refused:
                root_from_path(LEAVES[index], index, size, other)
            assert refused.value.code is Code.BAD_PROOF


@pytest.mark.parametrize(("index", "size"), [(-1, 3), (3, 3), (0, 0), (1, 1)])
def test_a_place_outside_the_tree_is_refused(index, size):
    with pytest.raises(SealError) as refused:
        root_from_path(LEAVES[0], index, size, ())
    assert refused.value.code is Code.BAD_PROOF


def test_a_node_does_not_pass_for_a_leaf():
    top = root(LEAVES[:2])
    assert leaf_hash(LEAVES[0] + LEAVES[1]) != top
