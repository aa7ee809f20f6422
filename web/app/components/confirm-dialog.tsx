import type { ComponentChildren } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { appText } from '../text/app-text.ts'

export type Confirmation = { title: string; text: ComponentChildren; confirmLabel: string }
type Props = Confirmation & {
  isOpen: boolean
  kind?: 'second' | 'danger' | undefined
  onConfirm: () => void
  onClose: () => void
}

/** The second click of a double click must not confirm what the first one opened. */
const armedAfterMs = 500

/** Asks before a decisive act. Its button can be pressed after half a second, and the focus starts on Cancel. */
export function ConfirmDialog({ isOpen, title, text, confirmLabel, kind, onConfirm, onClose }: Props) {
  const dialog = useRef<HTMLDialogElement>(null)
  const [isArmed, setArmed] = useState(false)
  useEffect(() => {
    if (!isOpen) return
    dialog.current?.showModal()
    const timer = setTimeout(() => setArmed(true), armedAfterMs)
    return () => {
      clearTimeout(timer)
      setArmed(false)
    }
  }, [isOpen])
  return (
    <dialog ref={dialog} aria-label={title} onClose={onClose}>
      <form
        method="dialog"
        onSubmit={(event) => {
          if (isArmed && event.submitter?.getAttribute('value') === 'yes') onConfirm()
        }}
      >
        <h2>{title}</h2>
        <div>{text}</div>
        <div class="actions">
          <button type="submit" value="yes" class={`button ${kind ?? ''}`} disabled={!isArmed}>
            {confirmLabel}
          </button>
          <button type="submit" value="no" class="plain">
            {appText.cancel}
          </button>
        </div>
      </form>
    </dialog>
  )
}
