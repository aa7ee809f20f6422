import { useState } from 'preact/hooks'
import type { Json } from './json.ts'

type TextInputOptions = {
  value: Json | undefined
  change: (next: Json | undefined) => void
  format: (value: Json | undefined) => string
  parse: (text: string) => Json | undefined
}

/**
 * Text that stands for a value: as it was typed, such as `1.`, for as long as that reads as the value, and as the value
 * would be written where another took its place.
 */
export function useTextInput({
  value,
  change,
  format,
  parse,
}: TextInputOptions): [text: string, write: (typed: string) => void] {
  const [typed, setTyped] = useState('')
  const isMine = JSON.stringify(parse(typed)) === JSON.stringify(value)
  const write = (next: string) => {
    setTyped(next)
    change(parse(next))
  }
  return [isMine ? typed : format(value), write]
}
