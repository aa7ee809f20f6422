import { useState } from 'preact/hooks'
import type { Json } from './json.ts'

type TextInputOptions = {
  value: Json | undefined
  change: (next: Json | undefined) => void
  format: (value: Json | undefined) => string
  parse: (text: string) => Json | undefined
}

/**
 * The text of an input for a value. It stays as typed, such as `1.`, while it parses to the value; when the value changes
 * otherwise, the text is formatted from it.
 */
export function useTextInput({
  value,
  change,
  format,
  parse,
}: TextInputOptions): [text: string, write: (typed: string) => void] {
  const [typed, setTyped] = useState('')
  const isTyped = JSON.stringify(parse(typed)) === JSON.stringify(value)
  const write = (next: string) => {
    setTyped(next)
    change(parse(next))
  }
  return [isTyped ? typed : format(value), write]
}
