import type { RuleFieldValues } from '#shared/domain/routing/rule-values.ts'
import { Field as Input, Select } from '../../app/components/field.tsx'
import { appText } from '../../app/text/app-text.ts'
import { type Json, toArray, toText } from '../catalog/fields/json.ts'
import { useTextInput } from '../catalog/fields/use-text-input.ts'
import { ruleText } from '../text/routing-text.ts'
import { getRuleValueLabel } from './rule-nodes.ts'

export type RuleValueProps = {
  op: string
  values: RuleFieldValues
  value: Json | undefined
  change: (next: Json | undefined) => void
  fault: string | undefined
  pointer: string
}

/** The value of a test: one, a range, or a list. */
export function RuleValue({ op, values, value, change, fault, pointer }: RuleValueProps) {
  const faultProps = { fault, 'data-pointer': pointer }
  if (op === 'between') {
    const [from, to] = toArray(value)
    const changePair = (one: Json | undefined, other: Json | undefined) => change([one ?? '', other ?? ''])
    return (
      <>
        <SingleValue
          label={ruleText.from}
          {...faultProps}
          values={values}
          value={from}
          change={(next) => changePair(next, to)}
        />
        <SingleValue label={ruleText.to} values={values} value={to} change={(next) => changePair(from, next)} />
      </>
    )
  }
  if (op === 'in' || op === 'prefix') return <ValueList {...faultProps} values={values} value={value} change={change} />
  return <SingleValue label={ruleText.value} {...faultProps} values={values} value={value} change={change} />
}

type SingleValueProps = Pick<RuleValueProps, 'values' | 'value' | 'change'> & {
  label: string
  fault?: string | undefined
  'data-pointer'?: string
}
function SingleValue({ values, value, change, ...inputProps }: SingleValueProps) {
  const [text, write] = useTextInput({ value, change, format: toText, parse: (typed) => readValue(values, typed) })
  if (values.of === 'words' || values.of === 'yes-no') {
    const words = values.of === 'words' ? values.words : ['true', 'false']
    return (
      <Select
        {...inputProps}
        choices={[
          { value: '', label: appText.select },
          ...words.map((word) => ({ value: word, label: getRuleValueLabel(word) })),
        ]}
        value={toText(value)}
        onChange={({ currentTarget }) => change(readValue(values, currentTarget.value))}
      />
    )
  }
  return (
    <Input
      {...inputProps}
      help={values.of === 'instants' ? ruleText.instantHelp : undefined}
      inputMode={values.of === 'numbers' ? 'decimal' : 'text'}
      autocomplete="off"
      value={text}
      onInput={({ currentTarget }) => write(currentTarget.value)}
    />
  )
}

function ValueList({ values, value, change, ...inputProps }: Omit<SingleValueProps, 'label'>) {
  const [text, write] = useTextInput({
    value,
    change,
    format: (fieldValue) => (Array.isArray(fieldValue) ? fieldValue : [fieldValue ?? '']).map(toText).join(', '),
    parse: (typed) => {
      const all = typed.split(/[,\s]+/).flatMap((one) => readValue(values, one) ?? [])
      return all.length > 0 ? all : undefined
    },
  })
  return (
    <Input
      {...inputProps}
      label={ruleText.values}
      help={ruleText.valuesHelp}
      autocomplete="off"
      value={text}
      onInput={({ currentTarget }) => write(currentTarget.value)}
    />
  )
}

/** Parses the typed text. Text that does not fit stays text, and the API refuses it. */
function readValue({ of }: RuleFieldValues, input: string): Json | undefined {
  const text = input.trim()
  if (text === '') return undefined
  if ((of === 'yes-no' || of === 'anything') && /^(true|false)$/.test(text)) return text === 'true'
  if ((of === 'numbers' || of === 'anything') && Number.isFinite(Number(text))) return Number(text)
  return text
}
