/**
 * Tokens at rest: AES-256-GCM, bound to the installation that they belong to, with the id of the key
 * in front, so that a key can be replaced while rows of the old one are still there.
 */
import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";

const ALGORITHM = "aes-256-gcm";
/** Bytes of AES-256. */
const KEY_BYTES = 32;
/** 96 bits, random: NIST SP 800-38D, 8.2.2, good for 2^32 sealings with one key. */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const VERSION = "v1";

/** What was sealed cannot be opened: its key is not there, or it is not what was sealed. */
export class SealBroken extends Error {
  override readonly name = "SealBroken";
  readonly keyMissing: boolean;

  constructor(message: string, keyMissing: boolean) {
    super(message);
    this.keyMissing = keyMissing;
  }
}

export interface Sealer {
  /** `owner` is the installation's id: what was sealed for one cannot be opened as another's. */
  seal(plain: string, owner: string): string;
  /** Throws SealBroken. */
  open(sealed: string, owner: string): string;
  /** Whether it was sealed with the newest key. */
  current(sealed: string): boolean;
}

interface Key {
  readonly id: string;
  readonly bytes: Buffer;
}

/** `keys` are 32 bytes in base64 each, the newest first: it seals, all of them open. */
export function createSealer(keys: readonly string[]): Sealer {
  const known = keys.map(keyOf);
  const [newest] = known;
  if (!newest) throw new Error("A sealer needs at least one key.");
  return {
    seal(plain, owner) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(ALGORITHM, newest.bytes, nonce, { authTagLength: TAG_BYTES }).setAAD(aad(newest.id, owner));
      const body = Buffer.concat([cipher.update(plain, "utf8"), cipher.final()]);
      return [VERSION, newest.id, Buffer.concat([nonce, cipher.getAuthTag(), body]).toString("base64url")].join(".");
    },
    open(sealed, owner) {
      const [version, id = "", packed = ""] = sealed.split(".");
      const key = known.find((one) => one.id === id);
      if (version !== VERSION || !key) throw new SealBroken(`ENCRYPTION_KEY lacks the key ${id}`, true);
      const bytes = Buffer.from(packed, "base64url");
      try {
        const decipher = createDecipheriv(ALGORITHM, key.bytes, bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
        decipher.setAAD(aad(id, owner)).setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
        return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]).toString("utf8");
      } catch {
        throw new SealBroken(`what the key ${id} sealed for ${owner} was changed`, false);
      }
    },
    current: (sealed) => sealed.startsWith(`${VERSION}.${newest.id}.`),
  };
}

const aad = (key: string, owner: string): Buffer => Buffer.from(`drillroom/slack/${VERSION}/${key}/${owner}`, "utf8");

/** The id tells keys apart and tells nothing about them: a prefix of a digest of 256 random bits. */
function keyOf(encoded: string): Key {
  const bytes = Buffer.from(encoded, "base64");
  if (bytes.length !== KEY_BYTES) throw new Error(`A key has ${KEY_BYTES} bytes.`);
  return { id: createHash("sha256").update(bytes).digest("hex").slice(0, 8), bytes };
}
