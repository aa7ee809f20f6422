import { fieldNames } from '#shared/domain/routing/rule-fields.ts'
import { Field as Input, Select } from '../../app/components/field.tsx'
import { useFaultWithin } from '../catalog/editor-context.ts'
import { Boxes } from '../catalog/fields/boxes.tsx'
import { type Json, type JsonObject, textOf, withMember } from '../catalog/fields/json.ts'
import { choiceWords } from '../catalog/record-words.ts'
import { fieldOf, fieldWords, operatorWords } from './rule-nodes.ts'
import { type Comparing, RuleValue } from './rule-value.tsx'

type Props = { test: JsonObject; change: (next: Json) => void; pointer: string }

/** One test: a field of the enquiry, how it is compared, and with what. */
export function RuleTest({ test, change, pointer }: Props) {
  const { family, member, field } = fieldOf(test)
  const operators = field?.operators ?? []
  const op = textOf(test.op)
  const faults = {
    field: useFaultWithin(`${pointer}/field`),
    op: useFaultWithin(`${pointer}/op`),
    value: useFaultWithin(`${pointer}/value`),
  }
  const takeField = (next: string) => {
    const fitting = fieldOf({ field: next }).field?.operators ?? []
    const kept = fitting.find((one) => one === op) ?? fitting[0]
    // What was to be compared with the old field says nothing about the new one.
    change(withMember({ ...test, field: next, op: kept ?? 'equals' }, 'value', undefined))
  }
  const compare = (value: Json | undefined) => change(withMember(test, 'value', value))
  return (
    <div class="test">
      <Select
        label="Field"
        data-pointer={`${pointer}/field`}
        fault={faults.field}
        choices={fieldNames.map((name) => ({ value: name, label: fieldWords[name] ?? name }))}
        value={family}
        onChange={({ currentTarget }) => takeField(currentTarget.value)}
      />
      {family.endsWith('.') && (
        <Input
          label={family === 'answers.' ? 'Id of the question' : 'Name'}
          value={member}
          onInput={({ currentTarget }) => change({ ...test, field: `${family}${currentTarget.value.trim()}` })}
        />
      )}
      <Select
        label="Comparison"
        data-pointer={`${pointer}/op`}
        fault={faults.op}
        choices={operators.map((value) => ({ value, label: operatorWords[value] ?? value }))}
        value={op}
        onChange={({ currentTarget }) => change(withMember({ ...test, op: currentTarget.value }, 'value', undefined))}
      />
      {field && (
        <Compared
          key={`${family} ${op}`}
          op={op}
          values={field.values}
          value={test.value}
          change={compare}
          fault={faults.value}
          pointer={`${pointer}/value`}
        />
      )}
    </div>
  )
}

/** Words of which there are few are ticked; all else is typed. */
function Compared(props: Comparing) {
  const { values, op, value, change, fault, pointer } = props
  if (values.of === 'words' && op === 'in')
    return (
      <Boxes
        label="Values"
        help={undefined}
        fault={fault}
        data-pointer={pointer}
        choices={values.words.map((word) => ({ value: word, label: choiceWords(word) }))}
        value={value}
        change={change}
      />
    )
  return <RuleValue {...props} />
}
