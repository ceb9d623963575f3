// Verify checks an exported ledger with packages that are not ours: sumdb/note for signatures, sumdb/tlog for the tree.
//
// Usage: verify FOLDER KEY. The folder holds a checkpoint and tiles in the form C2SP tlog-tiles, and proofs.json.
package main

import (
	"encoding/binary"
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

// verify holds signature, root and proofs together.
func verify(folder, key string) error {
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
	return checkProofs(folder, tlog.Tree{N: size, Hash: root}, entries, reader)
}

func main() {
	if err := verify(os.Args[1], os.Args[2]); err != nil {
		fmt.Println("REJECTED:", err)
		os.Exit(1)
	}
	fmt.Println("verified")
}
