// Reads a log with golang.org/x/mod/sumdb, code that nobody here wrote: its note, all its tiles and entries, and proofs
// that plugins/proof made. Says in JSON what it verified; exits with 1 at the first thing that is wrong.
package main

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const height = 8

type proof struct {
	Number int64    `json:"number"` // index of an entry, or size of the older tree
	Hashes [][]byte `json:"hashes"`
}

type question struct {
	Folder      string  `json:"folder"`
	Vkey        string  `json:"vkey"`
	Inclusion   []proof `json:"inclusion"`
	Consistency []proof `json:"consistency"`
}

func check(err error, what string) {
	if err != nil {
		fmt.Fprintf(os.Stderr, "%s: %v\n", what, err)
		os.Exit(1)
	}
}

func require(is bool, what string) {
	if !is {
		check(fmt.Errorf("differs"), what)
	}
}

// path is where C2SP keeps a tile: as Go does, less the height.
func path(folder string, tile tlog.Tile) string {
	return filepath.Join(folder, "tile", strings.TrimPrefix(tile.Path(), fmt.Sprintf("tile/%d/", height)))
}

func read(path string) []byte {
	content, err := os.ReadFile(path)
	check(err, path)
	return content
}

func tree(folder, vkey string) (int64, tlog.Hash) {
	verifier, err := note.NewVerifier(vkey)
	check(err, "vkey")
	opened, err := note.Open(read(filepath.Join(folder, "checkpoint")), note.VerifierList(verifier))
	check(err, "checkpoint")
	lines := strings.Split(opened.Text, "\n")
	require(len(lines) == 4 && lines[0] == verifier.Name(), "lines of the checkpoint")
	size, err := strconv.ParseInt(lines[1], 10, 64)
	check(err, "size")
	root, err := base64.StdEncoding.DecodeString(lines[2])
	check(err, "root")
	var hash tlog.Hash
	require(copy(hash[:], root) == tlog.HashSize, "length of the root")
	return size, hash
}

type store []tlog.Hash

func (s store) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	found := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		found[i] = s[index]
	}
	return found, nil
}

// hashed makes the whole tree anew from the entries.
func hashed(folder string, size int64) store {
	var s store
	for start := int64(0); start < size; start += 1 << height {
		width := min(size-start, 1<<height)
		tile := tlog.Tile{H: height, L: -1, N: start >> height, W: int(width)}
		bundle := read(strings.Replace(path(folder, tile), filepath.FromSlash("tile/data"), filepath.FromSlash("tile/entries"), 1))
		for at := int64(0); at < width; at++ {
			require(len(bundle) >= 2, "bundle")
			length := 2 + int(binary.BigEndian.Uint16(bundle))
			require(len(bundle) >= length, "bundle")
			hashes, err := tlog.StoredHashes(start+at, bundle[2:length], s)
			check(err, "entry")
			s = append(s, hashes...)
			bundle = bundle[length:]
		}
		require(len(bundle) == 0, "end of a bundle")
	}
	return s
}

func main() {
	var asked question
	check(json.NewDecoder(os.Stdin).Decode(&asked), "question")
	size, root := tree(asked.Folder, asked.Vkey)
	s := hashed(asked.Folder, size)
	made, err := tlog.TreeHash(size, s)
	check(err, "tree")
	require(made == root, "root")

	tiles := widest(tlog.NewTiles(height, 0, size))
	for _, tile := range tiles {
		content, err := tlog.ReadTileData(tile, s)
		check(err, tile.Path())
		require(bytes.Equal(content, read(path(asked.Folder, tile))), tile.Path())
	}
	for _, one := range asked.Inclusion {
		leaf := s[tlog.StoredHashIndex(0, one.Number)]
		record := tlog.RecordProof(convert(one.Hashes))
		check(tlog.CheckRecord(record, size, root, one.Number, leaf), fmt.Sprint("inclusion ", one.Number))
		own, err := tlog.ProveRecord(size, one.Number, s)
		check(err, "own inclusion")
		require(same(own, record), fmt.Sprint("inclusion ", one.Number))
	}
	for _, one := range asked.Consistency {
		older, err := tlog.TreeHash(one.Number, s)
		check(err, "older tree")
		growth := tlog.TreeProof(convert(one.Hashes))
		check(tlog.CheckTree(growth, size, root, one.Number, older), fmt.Sprint("consistency ", one.Number))
		own, err := tlog.ProveTree(size, one.Number, s)
		check(err, "own consistency")
		require(same(own, growth), fmt.Sprint("consistency ", one.Number))
	}
	check(json.NewEncoder(os.Stdout).Encode(map[string]any{"entries": size, "tiles": len(tiles),
		"inclusion": len(asked.Inclusion), "consistency": len(asked.Consistency)}), "answer")
}

// widest leaves of each partial tile the one that belongs to this size: some versions of Go name all smaller ones too.
func widest(tiles []tlog.Tile) []tlog.Tile {
	var found []tlog.Tile
	for i, tile := range tiles {
		if i+1 == len(tiles) || tiles[i+1].L != tile.L || tiles[i+1].N != tile.N {
			found = append(found, tile)
		}
	}
	return found
}

func convert(hashes [][]byte) []tlog.Hash {
	found := make([]tlog.Hash, len(hashes))
	for i, hash := range hashes {
		require(len(hash) == tlog.HashSize, "length of a hash")
		copy(found[i][:], hash)
	}
	return found
}

func same(one, other []tlog.Hash) bool {
	if len(one) != len(other) {
		return false
	}
	for i := range one {
		if one[i] != other[i] {
			return false
		}
	}
	return true
}
