import { fieldNames } from '#shared/domain/routing/rule-fields.ts'
import { Field as Input, Select } from '../../app/components/field.tsx'
import { useFaultWithin } from '../catalog/editor-context.ts'
import { CheckboxGroup } from '../catalog/fields/checkbox-group.tsx'
import { type Json, type JsonObject, toText, withMember } from '../catalog/fields/json.ts'
import { operatorLabels, ruleFieldLabels, ruleText } from '../text/routing-text.ts'
import { getRuleValueLabel, parseTestField } from './rule-nodes.ts'
import { RuleValue, type RuleValueProps } from './rule-value.tsx'

type Props = { test: JsonObject; change: (next: Json) => void; pointer: string }

/** One test: a field of the request, a comparison and a value. */
export function RuleTest({ test, change, pointer }: Props) {
  const { family, member, field } = parseTestField(test)
  const operators = field?.operators ?? []
  const op = toText(test.op)
  const faults = {
    field: useFaultWithin(`${pointer}/field`),
    op: useFaultWithin(`${pointer}/op`),
    value: useFaultWithin(`${pointer}/value`),
  }
  const changeField = (next: string) => {
    const allowedOperators = parseTestField({ field: next }).field?.operators ?? []
    const operator = allowedOperators.find((one) => one === op) ?? allowedOperators[0]
    // A value for the old field rarely fits the new one.
    change(withMember({ ...test, field: next, op: operator ?? 'equals' }, 'value', undefined))
  }
  const changeValue = (value: Json | undefined) => change(withMember(test, 'value', value))
  return (
    <div class="test">
      <Select
        label={ruleText.field}
        data-pointer={`${pointer}/field`}
        fault={faults.field}
        choices={fieldNames.map((name) => ({ value: name, label: ruleFieldLabels[name] ?? name }))}
        value={family}
        onChange={({ currentTarget }) => changeField(currentTarget.value)}
      />
      {family.endsWith('.') && (
        <Input
          label={family === 'answers.' ? ruleText.questionId : ruleText.memberName}
          value={member}
          onInput={({ currentTarget }) => change({ ...test, field: `${family}${currentTarget.value.trim()}` })}
        />
      )}
      <Select
        label={ruleText.comparison}
        data-pointer={`${pointer}/op`}
        fault={faults.op}
        choices={operators.map((value) => ({ value, label: operatorLabels[value] ?? value }))}
        value={op}
        onChange={({ currentTarget }) => change(withMember({ ...test, op: currentTarget.value }, 'value', undefined))}
      />
      {field && (
        <ComparedValue
          key={`${family} ${op}`}
          op={op}
          values={field.values}
          value={test.value}
          change={changeValue}
          fault={faults.value}
          pointer={`${pointer}/value`}
        />
      )}
    </div>
  )
}

/** Several values of a small set are checkboxes; all others are inputs. */
function ComparedValue(props: RuleValueProps) {
  const { values, op, value, change, fault, pointer } = props
  if (values.of === 'words' && op === 'in')
    return (
      <CheckboxGroup
        label={ruleText.values}
        help={undefined}
        fault={fault}
        data-pointer={pointer}
        choices={values.words.map((word) => ({ value: word, label: getRuleValueLabel(word) }))}
        value={value}
        change={change}
      />
    )
  return <RuleValue {...props} />
}
