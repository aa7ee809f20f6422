import { Field as Input, Select } from '../../app/components/field.tsx'
import { type ResolvedFieldProps, useFault, useFaultWithin } from '../catalog/editor-context.ts'
import { Fieldset } from '../catalog/fields/fieldset.tsx'
import { isObject, type Json, type JsonObject, toObject, toText, withItem, withMember } from '../catalog/fields/json.ts'
import { getFieldLabel } from '../catalog/record-labels.ts'
import {
  createGroup,
  describeRule,
  firstTest,
  getGroup,
  getGroupNodes,
  groupLabels,
  type RuleGroupKind,
} from './rule-nodes.ts'
import { RuleTest } from './rule-test.tsx'

/** A rule as a tree of tests, said in words beneath. */
export function RuleField({ schema, name, pointer, value, change }: ResolvedFieldProps) {
  return (
    <Fieldset title={getFieldLabel(name)} description={schema.description} pointer={pointer}>
      {value === undefined ? (
        <>
          <p>Everybody: there is no rule.</p>
          <button type="button" class="button second" onClick={() => change({ all: [firstTest] })}>
            Add a rule
          </button>
        </>
      ) : (
        <>
          <RuleNode value={value} change={change} pointer={pointer} />
          <p class="note" role="status">
            In words: {describeRule(value)}.
          </p>
        </>
      )}
    </Fieldset>
  )
}

type NodeProps = { value: Json; change: (next: Json | undefined) => void; pointer: string }

function RuleNode({ value, change, pointer }: NodeProps) {
  const group = getGroup(value)
  const members = toObject(value)
  return (
    <div class="rule">
      {group === undefined ? (
        <RuleTest test={members} change={change} pointer={pointer} />
      ) : (
        <RuleGroup group={group} node={members} change={change} pointer={pointer} />
      )}
      <RefusalFields node={members} change={change} pointer={pointer} />
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

type GroupProps = { group: RuleGroupKind; node: JsonObject; change: (next: Json | undefined) => void; pointer: string }
function RuleGroup({ group, node, change, pointer }: GroupProps) {
  const nodes = getGroupNodes(node)
  const choices = Object.entries(groupLabels).map(([value, label]) => ({ value, label }))
  // A group that lost its last node goes with it: it would hold for nobody or for everybody by accident.
  const updateNodes = (next: readonly Json[]) => change(next.length > 0 ? createGroup(group, next, node) : undefined)
  return (
    <>
      <Select
        label="Group"
        choices={choices}
        value={group}
        onChange={({ currentTarget }) => {
          const selected = choices.find(({ value }) => value === currentTarget.value)?.value
          if (selected === 'all' || selected === 'any' || selected === 'not') change(createGroup(selected, nodes, node))
        }}
      />
      <ul class="nodes">
        {nodes.map((child, index) => (
          <li key={index}>
            <RuleNode
              value={child}
              change={(next) => updateNodes(withItem(nodes, index, next))}
              pointer={group === 'not' ? `${pointer}/not` : `${pointer}/${group}/${index}`}
            />
          </li>
        ))}
      </ul>
      {group !== 'not' && (
        <div class="actions">
          <button type="button" class="button second" onClick={() => updateNodes([...nodes, firstTest])}>
            Add a test
          </button>
          <button type="button" class="button second" onClick={() => updateNodes([...nodes, { any: [firstTest] }])}>
            Add a group
          </button>
        </div>
      )}
    </>
  )
}

/** What a refusal by this node says: a code and a sentence of its own. */
function RefusalFields({ node, change, pointer }: { node: JsonObject; change: (next: Json) => void; pointer: string }) {
  const faults = { reason: useFaultWithin(`${pointer}/reason`), detail: useFaultWithin(`${pointer}/detail`) }
  const fault = useFault(pointer)
  const hasOwnWording = isObject(node) && (node.reason !== undefined || node.detail !== undefined)
  const write = (name: 'reason' | 'detail', text: string) => change(withMember(node, name, text || undefined))
  return (
    <>
      {fault && <p class="fault">{fault}</p>}
      <details open={hasOwnWording || faults.reason !== undefined || faults.detail !== undefined}>
        <summary>What a refusal says</summary>
        <div class="pair">
          <Input
            label="Code (optional)"
            help="In capitals, such as NO_NURSES. Without one, the code of the field that failed."
            data-pointer={`${pointer}/reason`}
            fault={faults.reason}
            value={toText(node.reason)}
            onInput={({ currentTarget }) => write('reason', currentTarget.value)}
          />
          <Input
            label="Sentence (optional)"
            data-pointer={`${pointer}/detail`}
            fault={faults.detail}
            value={toText(node.detail)}
            onInput={({ currentTarget }) => write('detail', currentTarget.value)}
          />
        </div>
      </details>
    </>
  )
}
