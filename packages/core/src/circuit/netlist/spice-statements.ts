/** A logical line of a SPICE file: continuations joined, comments cut off, blanks and brackets sorted out. */
export interface SpiceStatement {
  /** Line where it begins, from 1. */
  readonly line: number;
  /** First physical line as it stands. */
  readonly text: string;
  /** Words and `name=value` assignments; never empty. */
  readonly tokens: readonly string[];
  /** From the comment `$ name: I5`, with which the writer keeps a name that SPICE cannot hold. */
  readonly keptName?: string;
}

interface Draft {
  readonly line: number;
  readonly text: string;
  code: string;
  keptName?: string;
}

/** Splits a SPICE file into statements. Whatever follows `.end` or stands between `.control` and `.endc` is left out. */
export function spiceStatements(fileText: string): SpiceStatement[] {
  const drafts: Draft[] = [];
  let inControl = false;
  for (const [index, text] of fileText
    .replace(/^\uFEFF/, "")
    .split(/\r\n|\n|\r/)
    .entries()) {
    const trimmed = text.trim();
    if (/^\.control\b/i.test(trimmed)) inControl = true;
    else if (/^\.endc\b/i.test(trimmed)) inControl = false;
    else if (/^\.end$/i.test(trimmed)) break;
    else if (inControl || trimmed.startsWith("*")) continue;
    else {
      const { code, keptName } = cutComment(trimmed);
      const previous = drafts.at(-1);
      if (code.startsWith("+") && previous !== undefined) previous.code += ` ${code.slice(1)}`;
      else if (code !== "") drafts.push({ line: index + 1, text, code, ...(keptName !== undefined && { keptName }) });
    }
  }
  return drafts.flatMap(({ line, text, code, keptName }) => {
    const tokens = tokenize(code);
    return tokens.length === 0 ? [] : [{ line, text, tokens, ...(keptName !== undefined && { keptName }) }];
  });
}

function cutComment(text: string): { code: string; keptName?: string } {
  const start = text.search(/;|(?:^|\s)(?:\$|\/\/)/);
  if (start < 0) return { code: text };
  const keptName = /\$ name: (\S+)$/.exec(text.slice(start))?.[1];
  return { code: text.slice(0, start).trim(), ...(keptName !== undefined && { keptName }) };
}

const quoted = /'[^']*'|"[^"]*"|\{[^}]*\}/;

/** Brackets and commas separate like blanks, save in quotes and braces; `w = 1u` becomes `w=1u`. */
function tokenize(code: string): readonly string[] {
  const plain = code
    .replace(new RegExp(`${quoted.source}|[(),]`, "g"), (part) => (part.length > 1 ? part : " "))
    .replace(/\s*=\s*/g, "=");
  return plain.match(new RegExp(`(?:${quoted.source}|[^\\s'"{])+`, "g")) ?? [];
}

/** Splits the words of a statement from its assignments; names of parameters in lower case. */
export function splitAssignments(tokens: readonly string[]): {
  readonly words: readonly string[];
  readonly assignments: ReadonlyMap<string, string>;
} {
  const words: string[] = [];
  const assignments = new Map<string, string>();
  for (const token of tokens) {
    const equals = token.indexOf("=");
    if (equals < 0) words.push(token);
    else assignments.set(token.slice(0, equals).toLowerCase(), token.slice(equals + 1));
  }
  return { words, assignments };
}
