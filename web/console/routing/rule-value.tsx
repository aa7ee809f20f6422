import type { Values } from '#shared/domain/routing/rule-values.ts'
import { Field as Input, Select } from '../../app/components/field.tsx'
import { itemsOf, type Json, textOf } from '../catalog/fields/json.ts'
import { useTyped } from '../catalog/fields/use-typed.ts'
import { choiceWords } from '../catalog/record-words.ts'

export type Comparing = {
  op: string
  values: Values
  value: Json | undefined
  change: (next: Json | undefined) => void
  fault: string | undefined
  pointer: string
}

/** What a field is compared with: one value, two of them, or many. */
export function RuleValue({ op, values, value, change, fault, pointer }: Comparing) {
  const told = { fault, 'data-pointer': pointer }
  if (op === 'between') {
    const [from, to] = itemsOf(value)
    const pair = (one: Json | undefined, other: Json | undefined) => change([one ?? '', other ?? ''])
    return (
      <>
        <One label="From" {...told} values={values} value={from} change={(next) => pair(next, to)} />
        <One label="To" values={values} value={to} change={(next) => pair(from, next)} />
      </>
    )
  }
  if (op === 'in' || op === 'prefix') return <Many {...told} values={values} value={value} change={change} />
  return <One label="Value" {...told} values={values} value={value} change={change} />
}

type OneProps = Pick<Comparing, 'values' | 'value' | 'change'> & {
  label: string
  fault?: string | undefined
  'data-pointer'?: string
}
function One({ values, value, change, ...told }: OneProps) {
  const [text, write] = useTyped({ value, change, show: textOf, read: (typed) => readValue(values, typed) })
  if (values.of === 'words' || values.of === 'yes-no') {
    const words = values.of === 'words' ? values.words : ['true', 'false']
    return (
      <Select
        {...told}
        choices={[{ value: '', label: 'Choose …' }, ...words.map((word) => ({ value: word, label: said(word) }))]}
        value={textOf(value)}
        onChange={({ currentTarget }) => change(readValue(values, currentTarget.value))}
      />
    )
  }
  return (
    <Input
      {...told}
      help={values.of === 'instants' ? 'In UTC, such as 2026-11-23T15:04:05Z.' : undefined}
      inputMode={values.of === 'numbers' ? 'decimal' : 'text'}
      autocomplete="off"
      value={text}
      onInput={({ currentTarget }) => write(currentTarget.value)}
    />
  )
}

function Many({ values, value, change, ...told }: Omit<OneProps, 'label'>) {
  const [text, write] = useTyped({
    value,
    change,
    show: (shown) => (Array.isArray(shown) ? shown : [shown ?? '']).map(textOf).join(', '),
    read: (typed) => {
      const all = typed.split(/[,\s]+/).flatMap((one) => readValue(values, one) ?? [])
      return all.length > 0 ? all : undefined
    },
  })
  return (
    <Input
      {...told}
      label="Values"
      help="With commas between them."
      autocomplete="off"
      value={text}
      onInput={({ currentTarget }) => write(currentTarget.value)}
    />
  )
}

/** What was typed, as the field holds it. What cannot be read so stays text, and the API says what is wrong with it. */
function readValue({ of }: Values, typed: string): Json | undefined {
  const text = typed.trim()
  if (text === '') return undefined
  if ((of === 'yes-no' || of === 'anything') && /^(true|false)$/.test(text)) return text === 'true'
  if ((of === 'numbers' || of === 'anything') && Number.isFinite(Number(text))) return Number(text)
  return text
}

function said(word: string): string {
  return word === 'true' ? 'yes' : word === 'false' ? 'no' : choiceWords(word)
}
