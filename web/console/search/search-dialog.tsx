import './search-dialog.css'
import { useEffect, useRef, useState } from 'preact/hooks'
import { useApi } from '../../app/browser-client.tsx'
import { Field } from '../../app/components/field.tsx'
import { ProblemNote } from '../../app/components/note.tsx'
import { Link, usePath } from '../../app/router.tsx'
import type { ApiProblem } from '../../app/text/problem-text.ts'
import { searchText } from '../text/search-text.ts'
import { findMatches, needsSubmit, type SearchMatch } from './find-matches.ts'

const typingPauseMs = 250

/** Finds leads, schools, campaigns, other records and pages from anywhere. What is typed is not stored, and leaves no trace in the address. */
export function SearchDialog() {
  const { call } = useApi()
  const path = usePath()
  const dialog = useRef<HTMLDialogElement>(null)
  const latestSearch = useRef(0)
  const [text, setText] = useState('')
  const [{ matches, problem }, setResult] = useState<{
    matches?: readonly SearchMatch[]
    problem?: ApiProblem | undefined
  }>({})
  const open = () => {
    setText('')
    setResult({})
    dialog.current?.showModal()
  }
  const search = async (query: string) => {
    const number = ++latestSearch.current
    const result = await findMatches(query, call)
    if (number === latestSearch.current) setResult(result)
  }
  useEffect(() => dialog.current?.close(), [path])
  useEffect(() => {
    const openBySlash = (event: KeyboardEvent) => {
      const isTyping = event.target instanceof HTMLElement && event.target.closest('input, textarea, select, dialog')
      if (event.key !== '/' || event.ctrlKey || event.metaKey || isTyping) return
      event.preventDefault()
      open()
    }
    addEventListener('keydown', openBySlash)
    return () => removeEventListener('keydown', openBySlash)
  }, [])
  useEffect(() => {
    latestSearch.current++
    setResult({})
    // Contact details are searched for only on request, because each search for a person is recorded.
    if (text.trim() === '' || needsSubmit(text)) return
    const timer = setTimeout(() => void search(text), typingPauseMs)
    return () => clearTimeout(timer)
  }, [text])
  return (
    <>
      <button type="button" class="plain" onClick={open} aria-keyshortcuts="/">
        {searchText.open}
      </button>
      <dialog ref={dialog} class="search-dialog" aria-label={searchText.title}>
        <form
          onSubmit={(event) => {
            event.preventDefault()
            void search(text)
          }}
        >
          <Field
            type="search"
            label={searchText.title}
            help={searchText.help}
            autocomplete="off"
            spellcheck={false}
            value={text}
            onInput={({ currentTarget }) => setText(currentTarget.value)}
          />
          {needsSubmit(text) && !matches && (
            <div class="actions">
              <button type="submit" class="button second">
                {searchText.findPerson}
              </button>
            </div>
          )}
        </form>
        <div aria-live="polite">
          {problem && <ProblemNote problem={problem} />}
          {matches?.length === 0 && <p class="empty">{searchText.none}</p>}
          {matches && matches.length > 0 && (
            <ul class="search-matches">
              {matches.map(({ kind, label, to }) => (
                <li key={to}>
                  <Link to={to}>{label}</Link> <span class="help">{kind}</span>
                </li>
              ))}
            </ul>
          )}
        </div>
        <button type="button" class="plain" onClick={() => dialog.current?.close()}>
          {searchText.close}
        </button>
      </dialog>
    </>
  )
}
