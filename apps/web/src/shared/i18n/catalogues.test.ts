import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { parseAst } from "vite";
import { expect, test } from "vitest";
import { loadMessages } from "./locale.ts";

const SRC = join(import.meta.dirname, "../..");
/** Proper nouns and names of formats: the same in every language. */
const SAME_EVERYWHERE = new Set(["OB AI Studio", "JPG", "WebP", "ไทย", "English", "×"]);
const MACRO_TAGS = new Set(["Trans", "Plural", "Select"]);
const SPOKEN_ATTRIBUTES = new Set(["aria-label", "title", "alt", "placeholder", "aria-valuetext"]);

const files = readdirSync(SRC, { recursive: true, encoding: "utf8" })
  .filter((name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$|^testing\//.test(name))
  .map((name) => join(SRC, name));

test("every text is there in both languages, and none is left over", async () => {
  const [th, en] = await Promise.all([loadMessages("th"), loadMessages("en")]);
  expect(Object.keys(en).sort()).toEqual(Object.keys(th).sort());
  expect(Object.values(en).filter((message) => message.length === 0)).toEqual([]);
  const po = readFileSync(join(import.meta.dirname, "locales/en.po"), "utf8");
  expect(po).not.toMatch(/^#~/m);
  expect(po.match(/^msgstr ""\n(?!")/gm) ?? []).toEqual([]);
});

test("the catalogues hold exactly the texts the code speaks", () => {
  const cli = join(SRC, "../node_modules/@lingui/cli/dist/lingui.js");
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [cli, "check", "sync", "--clean", "--workers", "1"],
    {
      cwd: join(SRC, ".."),
      encoding: "utf8",
    },
  );
  expect({ status, said: status === 0 ? "" : stdout + stderr }).toEqual({ status: 0, said: "" });
}, 60_000);

test("an English text has no Thai in it", async () => {
  const en = await loadMessages("en");
  const thai = Object.values(en).filter((message) =>
    /[\u0E00-\u0E7F]/.test(JSON.stringify(message)),
  );
  expect(thai).toEqual([]);
});

test("no text for people stands outside the catalogue", () => {
  const found = files.flatMap((file) =>
    bareTexts(readFileSync(file, "utf8"), file.endsWith("x")).map(
      (text) => `${relative(SRC, file)}: ${text}`,
    ),
  );
  expect(found).toEqual([]);
});

test("the search for bare texts finds what it is to find", () => {
  const bare = (code: string) => bareTexts(code, true);
  expect(bare("const a = <p>Hello</p>;")).toEqual(["Hello"]);
  expect(bare("const a = <p><Trans>Hello</Trans></p>;")).toEqual([]);
  expect(bare('const a = <img alt="A cat" className="big" />;')).toEqual(["A cat"]);
  expect(bare("const a = <img alt={t`แมว`} />;")).toEqual([]);
  expect(bare('const a = "แมว";')).toEqual(["แมว"]);
  expect(bare("const a = `แมว ${b}`;")).toEqual(["แมว "]);
});

interface Node {
  readonly type: string;
  readonly [field: string]: unknown;
}

/** Texts a person would read that no macro carries: JSX text, spoken attributes, and any Thai. */
function bareTexts(code: string, isJsx: boolean): string[] {
  const root: unknown = parseAst(code, { lang: isJsx ? "tsx" : "ts" });
  const found: string[] = [];
  const visit = (node: unknown, isSpoken: boolean): void => {
    if (Array.isArray(node)) return node.forEach((child) => visit(child, isSpoken));
    if (!isNode(node)) return;
    if (isMacro(node)) return;
    const text = textOf(node);
    const isHeard = node.type === "JSXText" || isSpoken;
    if (text !== null && (isHeard ? /\p{L}/u.test(text) : /[\u0E00-\u0E7F]/.test(text))) {
      if (!SAME_EVERYWHERE.has(text.trim())) found.push(text);
    }
    const spoken =
      node.type === "JSXAttribute" ? SPOKEN_ATTRIBUTES.has(nameOf(node["name"])) : false;
    for (const [field, child] of Object.entries(node)) {
      if (field !== "parent") visit(child, spoken);
    }
  };
  visit(root, false);
  return found;
}

function isMacro(node: Node): boolean {
  if (node.type === "TaggedTemplateExpression") return /^(t|msg)$/.test(nameOf(node["tag"]));
  if (node.type !== "JSXElement") return false;
  const opening = node["openingElement"];
  return isNode(opening) && MACRO_TAGS.has(nameOf(opening["name"]));
}

function textOf(node: Node): string | null {
  const { value } = node;
  if (node.type === "JSXText" || node.type === "Literal") {
    return typeof value === "string" ? value : null;
  }
  if (node.type !== "TemplateElement" || typeof value !== "object" || value === null) return null;
  const raw: unknown = Reflect.get(value, "raw");
  return typeof raw === "string" ? raw : null;
}

function nameOf(node: unknown): string {
  return isNode(node) && typeof node["name"] === "string" ? node["name"] : "";
}

function isNode(value: unknown): value is Node {
  return (
    typeof value === "object" && value !== null && typeof Reflect.get(value, "type") === "string"
  );
}
