import { Field as Input, Select } from '../../app/components/field.tsx'
import { type Field, useFault, useFaultWithin } from '../catalog/editor-context.ts'
import { Framed } from '../catalog/fields/framed.tsx'
import {
  isObject,
  type Json,
  type JsonObject,
  membersOf,
  textOf,
  withItem,
  withMember,
} from '../catalog/fields/json.ts'
import { labelOf } from '../catalog/record-words.ts'
import { firstTest, type Group, groupOf, groupWith, groupWords, partsOfGroup, ruleWords } from './rule-nodes.ts'
import { RuleTest } from './rule-test.tsx'

/** A rule as a tree of tests, said in words beneath. */
export function RuleField({ schema, name, pointer, value, change }: Field) {
  return (
    <Framed title={labelOf(name)} description={schema.description} pointer={pointer}>
      {value === undefined ? (
        <>
          <p>Everybody: there is no rule.</p>
          <button type="button" class="button second" onClick={() => change({ all: [firstTest] })}>
            Add a rule
          </button>
        </>
      ) : (
        <>
          <Node value={value} change={change} pointer={pointer} />
          <p class="note" role="status">
            In words: {ruleWords(value)}.
          </p>
        </>
      )}
    </Framed>
  )
}

type NodeProps = { value: Json; change: (next: Json | undefined) => void; pointer: string }

function Node({ value, change, pointer }: NodeProps) {
  const group = groupOf(value)
  const members = membersOf(value)
  return (
    <div class="rule">
      {group === undefined ? (
        <RuleTest test={members} change={change} pointer={pointer} />
      ) : (
        <GroupOfNodes group={group} node={members} change={change} pointer={pointer} />
      )}
      <Refusal node={members} change={change} pointer={pointer} />
      <div class="actions">
        {group === undefined && (
          <button type="button" class="plain" onClick={() => change({ all: [value, firstTest] })}>
            Make it a group
          </button>
        )}
        <button type="button" class="plain" onClick={() => change(undefined)}>
          Remove {group === undefined ? 'test' : 'group'}
        </button>
      </div>
    </div>
  )
}

type GroupProps = { group: Group; node: JsonObject; change: (next: Json | undefined) => void; pointer: string }
function GroupOfNodes({ group, node, change, pointer }: GroupProps) {
  const parts = partsOfGroup(node)
  const choices = Object.entries(groupWords).map(([value, label]) => ({ value, label }))
  // A group that lost its last node goes with it: it would hold for nobody or for everybody by accident.
  const put = (next: readonly Json[]) => change(next.length > 0 ? groupWith(group, next, node) : undefined)
  return (
    <>
      <Select
        label="Group"
        choices={choices}
        value={group}
        onChange={({ currentTarget }) => {
          const chosen = choices.find(({ value }) => value === currentTarget.value)?.value
          if (chosen === 'all' || chosen === 'any' || chosen === 'not') change(groupWith(chosen, parts, node))
        }}
      />
      <ul class="nodes">
        {parts.map((part, at) => (
          <li key={at}>
            <Node
              value={part}
              change={(next) => put(withItem(parts, at, next))}
              pointer={group === 'not' ? `${pointer}/not` : `${pointer}/${group}/${at}`}
            />
          </li>
        ))}
      </ul>
      {group !== 'not' && (
        <div class="actions">
          <button type="button" class="button second" onClick={() => put([...parts, firstTest])}>
            Add a test
          </button>
          <button type="button" class="button second" onClick={() => put([...parts, { any: [firstTest] }])}>
            Add a group
          </button>
        </div>
      )}
    </>
  )
}

/** What a refusal by this node says: a code and a sentence of its own. */
function Refusal({ node, change, pointer }: { node: JsonObject; change: (next: Json) => void; pointer: string }) {
  const faults = { reason: useFaultWithin(`${pointer}/reason`), detail: useFaultWithin(`${pointer}/detail`) }
  const fault = useFault(pointer)
  const isTold = isObject(node) && (node.reason !== undefined || node.detail !== undefined)
  const write = (name: 'reason' | 'detail', text: string) => change(withMember(node, name, text || undefined))
  return (
    <>
      {fault && <p class="fault">{fault}</p>}
      <details open={isTold || faults.reason !== undefined || faults.detail !== undefined}>
        <summary>What a refusal says</summary>
        <div class="pair">
          <Input
            label="Code (optional)"
            help="In capitals, such as NO_NURSES. Without one, the code of the field that failed."
            data-pointer={`${pointer}/reason`}
            fault={faults.reason}
            value={textOf(node.reason)}
            onInput={({ currentTarget }) => write('reason', currentTarget.value)}
          />
          <Input
            label="Sentence (optional)"
            data-pointer={`${pointer}/detail`}
            fault={faults.detail}
            value={textOf(node.detail)}
            onInput={({ currentTarget }) => write('detail', currentTarget.value)}
          />
        </div>
      </details>
    </>
  )
}
