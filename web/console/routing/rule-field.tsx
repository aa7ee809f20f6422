import { Field as Input, Select } from '../../app/components/field.tsx'
import { type ResolvedFieldProps, useFault, useFaultWithin, useFieldText } from '../catalog/editor-context.ts'
import { Fieldset } from '../catalog/fields/fieldset.tsx'
import { isObject, type Json, type JsonObject, toObject, toText, withItem, withMember } from '../catalog/fields/json.ts'
import { ruleText } from '../text/routing-text.ts'
import { createGroup, describeRule, firstTest, getGroup, getGroupNodes, type RuleGroupKind } from './rule-nodes.ts'
import { RuleTest } from './rule-test.tsx'

/** A rule as a tree of tests, described in words below. */
export function RuleField({ pointer, value, change }: ResolvedFieldProps) {
  const { label, help } = useFieldText(pointer)
  return (
    <Fieldset title={label} help={help} pointer={pointer}>
      {value === undefined ? (
        <>
          <p>{ruleText.everyone}</p>
          <button type="button" class="button second" onClick={() => change({ all: [firstTest] })}>
            {ruleText.addRule}
          </button>
        </>
      ) : (
        <>
          <RuleNode value={value} change={change} pointer={pointer} />
          <p class="note" role="status">
            {ruleText.inWords(describeRule(value))}
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
      <RejectionFields node={members} change={change} pointer={pointer} />
      <div class="actions">
        {group === undefined && (
          <button type="button" class="plain" onClick={() => change({ all: [value, firstTest] })}>
            {ruleText.turnIntoGroup}
          </button>
        )}
        <button type="button" class="plain" onClick={() => change(undefined)}>
          {group === undefined ? ruleText.removeTest : ruleText.removeGroup}
        </button>
      </div>
    </div>
  )
}

type GroupProps = { group: RuleGroupKind; node: JsonObject; change: (next: Json | undefined) => void; pointer: string }
function RuleGroup({ group, node, change, pointer }: GroupProps) {
  const nodes = getGroupNodes(node)
  const choices = Object.entries(ruleText.groups).map(([value, label]) => ({ value, label }))
  // An empty group would match all leads or none, so it is removed with its last node.
  const updateNodes = (next: readonly Json[]) => change(next.length > 0 ? createGroup(group, next, node) : undefined)
  return (
    <>
      <Select
        label={ruleText.group}
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
            {ruleText.addTest}
          </button>
          <button type="button" class="button second" onClick={() => updateNodes([...nodes, { any: [firstTest] }])}>
            {ruleText.addGroup}
          </button>
        </div>
      )}
    </>
  )
}

/** The rejection message of a node: a code and a sentence. */
function RejectionFields({
  node,
  change,
  pointer,
}: {
  node: JsonObject
  change: (next: Json) => void
  pointer: string
}) {
  const faults = { reason: useFaultWithin(`${pointer}/reason`), detail: useFaultWithin(`${pointer}/detail`) }
  const fault = useFault(pointer)
  const hasOwnWording = isObject(node) && (node.reason !== undefined || node.detail !== undefined)
  const write = (name: 'reason' | 'detail', text: string) => change(withMember(node, name, text || undefined))
  return (
    <>
      {fault && <p class="fault">{fault}</p>}
      <details open={hasOwnWording || faults.reason !== undefined || faults.detail !== undefined}>
        <summary>{ruleText.rejection}</summary>
        <div class="pair">
          <Input
            label={ruleText.code}
            help={ruleText.codeHelp}
            data-pointer={`${pointer}/reason`}
            fault={faults.reason}
            value={toText(node.reason)}
            onInput={({ currentTarget }) => write('reason', currentTarget.value)}
          />
          <Input
            label={ruleText.message}
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
