// Verifies the signatures of a checkpoint with WebCrypto (Ed25519) and noble (ML-DSA-44). Reads the note and the keys and
// makes the signed messages by itself, from the specifications.
import { createHash, webcrypto } from "node:crypto";
import { pathToFileURL } from "node:url";

const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);
const { note, vkeys, noble } = JSON.parse(Buffer.concat(chunks).toString("utf8"));
const { ml_dsa44 } = await import(pathToFileURL(`${noble}/ml-dsa.js`));

const cut = note.lastIndexOf("\n\n");
const text = note.slice(0, cut + 1);
const lines = note.slice(cut + 2).split("\n").filter(Boolean);
const [origin, size, root] = text.split("\n");

function u64(value) {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return bytes;
}

function opaque(name) {
  const bytes = Buffer.from(name, "utf8");
  return Buffer.concat([Buffer.from([bytes.length]), bytes]);
}

async function ed25519(publicKey, signature, message) {
  const key = await webcrypto.subtle.importKey("raw", publicKey, { name: "Ed25519" }, false, ["verify"]);
  return webcrypto.subtle.verify({ name: "Ed25519" }, key, signature, message);
}

async function verified(vkey) {
  const [name, id, ...encoded] = vkey.split("+");
  const material = Buffer.from(encoded.join("+"), "base64");
  const expected = createHash("sha256").update(`${name}\n`).update(material).digest().subarray(0, 4);
  if (expected.toString("hex") !== id) return "wrong key id";
  const line = lines.map((one) => one.split(" ")).find(([, by, signature]) =>
    by === name && Buffer.from(signature, "base64").subarray(0, 4).equals(expected));
  if (!line) return "missing";
  const content = Buffer.from(line[2], "base64").subarray(4);
  const publicKey = material.subarray(1);
  if (material[0] === 0x01) return (await ed25519(publicKey, content, Buffer.from(text))) ? "ed25519" : "wrong";
  const time = content.readBigUInt64BE(0);
  const signature = content.subarray(8);
  if (material[0] === 0x04) {
    const message = Buffer.from(`cosignature/v1\ntime ${time}\n${text}`);
    return (await ed25519(publicKey, signature, message)) ? `cosignature ${time}` : "wrong";
  }
  const message = Buffer.concat([Buffer.from("subtree/v1\n\0"), opaque(name), u64(time), opaque(origin), u64(0),
    u64(size), Buffer.from(root, "base64")]);
  return ml_dsa44.verify(signature, message, publicKey) ? `ml-dsa-44 ${time}` : "wrong";
}

process.stdout.write(JSON.stringify(await Promise.all(vkeys.map(verified))));
