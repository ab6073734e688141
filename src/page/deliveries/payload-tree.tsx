import { useMemo, useState } from "preact/hooks";
import { SearchBox } from "../parts/search-box.js";
import { isObject, type Json, parseBody, write } from "./parse-body.js";
import { holdsText, membersOf } from "./tree-search.js";

/** The number of levels that are open at first, and the maximum number of members to show. */
const OPEN_LEVELS = 2;
const MAX_MEMBERS = 200;

/** A payload as a collapsible, searchable tree; for a payload that is not JSON, a hint. */
export function PayloadTree({ body }: { body: string }): preact.JSX.Element {
  const value = useMemo(() => parseBody(body), [body]);
  const [text, setText] = useState("");
  if (value === undefined) return <p class="faint">The payload is not JSON; see the raw text.</p>;
  const search = text.trim().toLowerCase();
  const isFound = search === "" || holdsText("", value, search);
  return (
    <>
      <SearchBox label="Search in the payload" value={text} set={setText} />
      {!isFound && <p class="faint">Nothing in the payload contains this text.</p>}
      <ul class="tree">
        {membersOf(value).map(([name, member]) => (
          <Node key={name} name={name} value={member} search={search} level={1} />
        ))}
      </ul>
    </>
  );
}

interface NodeProps {
  readonly name: string;
  readonly value: Json;
  readonly search: string;
  readonly level: number;
}

function Node({ name, value, search, level }: NodeProps): preact.JSX.Element {
  const [isOpen, setOpen] = useState<boolean>();
  const members = membersOf(value);
  const isHit = search !== "" && holdsText(name, value, search);
  if (members.length === 0) {
    const label = `${name}: `;
    return (
      <li>
        <span class="key">{label}</span>
        {isHit ? <mark>{write(value)}</mark> : <Leaf value={value} />}
      </li>
    );
  }
  const isShown = search === "" ? (isOpen ?? level <= OPEN_LEVELS) : isHit;
  return (
    <li>
      <details open={isShown}>
        <summary
          onClick={(event) => {
            event.preventDefault();
            if (search === "") setOpen(!isShown);
          }}
        >
          <span class="key">{name}</span> <span class="faint">{sizeOf(value)}</span>
        </summary>
        {isShown && (
          <ul>
            {members.slice(0, MAX_MEMBERS).map(([key, member]) => (
              <Node key={key} name={key} value={member} search={search} level={level + 1} />
            ))}
            {members.length > MAX_MEMBERS && (
              <li class="faint">and {members.length - MAX_MEMBERS} more; see the raw text</li>
            )}
          </ul>
        )}
      </details>
    </li>
  );
}

function Leaf({ value }: { value: Json }): preact.JSX.Element {
  return <span class={typeof value === "string" ? "" : "value"}>{write(value)}</span>;
}

function sizeOf(value: Json): string {
  const count = membersOf(value).length;
  return isObject(value) ? `{${count}}` : `[${count}]`;
}
