// Verify checks an exported ledger with packages that are not ours: sumdb/note for signatures, sumdb/tlog for the tree.
//
// Usage: verify FOLDER KEY [WITNESS_KEY EVIDENCE]. The folder holds a checkpoint and tiles in the form C2SP tlog-tiles, and
// proofs.json; with a witness's key also a checkpoint that the witness has signed (C2SP tlog-cosignature, Ed25519), and
// EVIDENCE is the content of one evidence bundle.
package main

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type inclusion struct {
	Index  int64
	Hashes [][]byte
}

type consistency struct {
	Old    int64
	Hashes [][]byte
}

type proofs struct {
	Inclusion   []inclusion
	Consistency []consistency
}

// proofOf turns hashes into the form that the package takes.
func proofOf(raw [][]byte) []tlog.Hash {
	hashes := make([]tlog.Hash, len(raw))
	for place, each := range raw {
		copy(hashes[place][:], each)
	}
	return hashes
}

// readEntries takes the entries out of their bundles, in order.
func readEntries(folder string) ([][]byte, error) {
	var paths []string
	err := filepath.Walk(filepath.Join(folder, "tile", "entries"), func(path string, info os.FileInfo, err error) error {
		if err == nil && !info.IsDir() {
			paths = append(paths, path)
		}
		return err
	})
	sort.Slice(paths, func(a, b int) bool {
		return strings.Replace(paths[a], ".p/", "/", 1) < strings.Replace(paths[b], ".p/", "/", 1)
	})
	var entries [][]byte
	for _, path := range paths {
		bundle, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		for len(bundle) >= 2 {
			length := int(binary.BigEndian.Uint16(bundle))
			if len(bundle) < 2+length {
				return nil, errors.New("a bundle is cut")
			}
			entries = append(entries, bundle[2:2+length])
			bundle = bundle[2+length:]
		}
	}
	return entries, err
}

// grow computes the tree over the entries and answers how to read its hashes.
func grow(entries [][]byte) (tlog.HashReaderFunc, error) {
	var stored []tlog.Hash
	reader := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		hashes := make([]tlog.Hash, len(indexes))
		for place, index := range indexes {
			hashes[place] = stored[index]
		}
		return hashes, nil
	})
	for number, entry := range entries {
		more, err := tlog.StoredHashes(int64(number), entry, reader)
		if err != nil {
			return nil, err
		}
		stored = append(stored, more...)
	}
	return reader, nil
}

// checkProofs holds our inclusion and consistency proofs against the signed root.
func checkProofs(folder string, tree tlog.Tree, entries [][]byte, reader tlog.HashReaderFunc) error {
	content, err := os.ReadFile(filepath.Join(folder, "proofs.json"))
	if err != nil {
		return err
	}
	var given proofs
	if err := json.Unmarshal(content, &given); err != nil {
		return err
	}
	for _, each := range given.Inclusion {
		leaf := tlog.RecordHash(entries[each.Index])
		if err := tlog.CheckRecord(proofOf(each.Hashes), tree.N, tree.Hash, each.Index, leaf); err != nil {
			return fmt.Errorf("inclusion of %d: %w", each.Index, err)
		}
	}
	for _, each := range given.Consistency {
		old, err := tlog.TreeHash(each.Old, reader)
		if err != nil {
			return err
		}
		if err := tlog.CheckTree(proofOf(each.Hashes), tree.N, tree.Hash, each.Old, old); err != nil {
			return fmt.Errorf("consistency with %d: %w", each.Old, err)
		}
	}
	return nil
}

// witness is the verifier of a witness's key, which sumdb/note does not know: it signs a moment with the text.
type witness struct {
	name string
	hash uint32
	key  ed25519.PublicKey
}

func (w witness) Name() string    { return w.name }
func (w witness) KeyHash() uint32 { return w.hash }
func (w witness) Verify(text, signature []byte) bool {
	if len(signature) != 8+ed25519.SignatureSize {
		return false
	}
	moment := binary.BigEndian.Uint64(signature)
	message := append([]byte(fmt.Sprintf("cosignature/v1\ntime %d\n", moment)), text...)
	return ed25519.Verify(w.key, message, signature[8:])
}

// newWitness reads a verifier key of type 4 and holds its id against its key.
func newWitness(vkey string) (note.Verifier, error) {
	parts := strings.SplitN(vkey, "+", 3)
	if len(parts) != 3 {
		return nil, errors.New("not a witness's key")
	}
	raw, err := base64.StdEncoding.DecodeString(parts[2])
	if err != nil || len(raw) != 33 || raw[0] != 4 {
		return nil, errors.New("not a witness's key")
	}
	digest := sha256.Sum256(append([]byte(parts[0]+"\n"), raw...))
	if hex.EncodeToString(digest[:4]) != parts[1] {
		return nil, errors.New("the id of the witness's key is not its own")
	}
	return witness{parts[0], binary.BigEndian.Uint32(digest[:4]), raw[1:]}, nil
}

// readTree opens a signed checkpoint.
func readTree(signed []byte, verifiers ...note.Verifier) (tlog.Tree, *note.Note, error) {
	opened, err := note.Open(signed, note.VerifierList(verifiers...))
	if err != nil {
		return tlog.Tree{}, nil, err
	}
	lines := strings.Split(opened.Text, "\n")
	var tree tlog.Tree
	if _, err := fmt.Sscan(lines[1], &tree.N); err != nil {
		return tree, opened, err
	}
	tree.Hash, err = tlog.ParseHash(lines[2])
	return tree, opened, err
}

// checkWitness demands that ledger and witness signed the same earlier state, and that the tree grew out of it.
func checkWitness(folder string, log note.Verifier, vkey string, size int64, reader tlog.HashReaderFunc) error {
	other, err := newWitness(vkey)
	if err != nil {
		return err
	}
	signed, err := os.ReadFile(filepath.Join(folder, "witnessed"))
	if err != nil {
		return err
	}
	tree, opened, err := readTree(signed, log, other)
	if err != nil {
		return err
	}
	if len(opened.Sigs) != 2 {
		return fmt.Errorf("%d of ledger and witness have signed", len(opened.Sigs))
	}
	if tree.N > size {
		return errors.New("the witness saw more than there is")
	}
	root, err := tlog.TreeHash(tree.N, reader)
	if err != nil {
		return err
	}
	if root != tree.Hash {
		return errors.New("the witness saw another ledger")
	}
	return nil
}

type evidence struct {
	Checkpoint string
	Entries    []struct {
		Body  string
		Index int64
		Proof []string
	}
}

// checkEvidence holds the entries of one evidence bundle against its own signed checkpoint.
func checkEvidence(place string, log note.Verifier) error {
	content, err := os.ReadFile(place)
	if err != nil {
		return err
	}
	var given evidence
	if err := json.Unmarshal(content, &given); err != nil {
		return err
	}
	tree, _, err := readTree([]byte(given.Checkpoint), log)
	if err != nil {
		return err
	}
	if len(given.Entries) == 0 {
		return errors.New("no entries in the bundle")
	}
	for _, each := range given.Entries {
		hashes := make([][]byte, len(each.Proof))
		for at, text := range each.Proof {
			if hashes[at], err = hex.DecodeString(text); err != nil {
				return err
			}
		}
		leaf := tlog.RecordHash([]byte(each.Body))
		if err := tlog.CheckRecord(proofOf(hashes), tree.N, tree.Hash, each.Index, leaf); err != nil {
			return fmt.Errorf("entry %d of the bundle: %w", each.Index, err)
		}
	}
	return nil
}

// verify holds signature, root and proofs together.
func verify(folder, key string, more []string) error {
	verifier, err := note.NewVerifier(key)
	if err != nil {
		return err
	}
	signed, err := os.ReadFile(filepath.Join(folder, "checkpoint"))
	if err != nil {
		return err
	}
	opened, err := note.Open(signed, note.VerifierList(verifier))
	if err != nil {
		return err
	}
	lines := strings.Split(opened.Text, "\n")
	var size int64
	if _, err := fmt.Sscan(lines[1], &size); err != nil {
		return err
	}
	signedRoot, err := tlog.ParseHash(lines[2])
	if err != nil {
		return err
	}
	entries, err := readEntries(folder)
	if err != nil {
		return err
	}
	if int64(len(entries)) != size {
		return fmt.Errorf("%d entries, the checkpoint says %d", len(entries), size)
	}
	reader, err := grow(entries)
	if err != nil {
		return err
	}
	root, err := tlog.TreeHash(size, reader)
	if err != nil {
		return err
	}
	if root != signedRoot {
		return errors.New("the root is not the one that was signed")
	}
	if err := checkProofs(folder, tlog.Tree{N: size, Hash: root}, entries, reader); err != nil || len(more) < 2 {
		return err
	}
	if err := checkWitness(folder, verifier, more[0], size, reader); err != nil {
		return err
	}
	return checkEvidence(more[1], verifier)
}

func main() {
	if err := verify(os.Args[1], os.Args[2], os.Args[3:]); err != nil {
		fmt.Println("REJECTED:", err)
		os.Exit(1)
	}
	fmt.Println("verified")
}
