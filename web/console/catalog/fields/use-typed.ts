import { useState } from 'preact/hooks'
import type { Json } from './json.ts'

type Given = {
  value: Json | undefined
  change: (next: Json | undefined) => void
  show: (value: Json | undefined) => string
  read: (text: string) => Json | undefined
}

/**
 * Text that stands for a value: as it was typed, such as `1.`, for as long as that reads as the value, and as the value
 * would be written where another took its place.
 */
export function useTyped({ value, change, show, read }: Given): [text: string, write: (typed: string) => void] {
  const [typed, setTyped] = useState('')
  const isMine = JSON.stringify(read(typed)) === JSON.stringify(value)
  const write = (next: string) => {
    setTyped(next)
    change(read(next))
  }
  return [isMine ? typed : show(value), write]
}
