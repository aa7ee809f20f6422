import { useState } from 'preact/hooks'
import * as z from 'zod'
import { Field } from '../../app/components/field.tsx'
import { Link } from '../../app/router.tsx'
import { leadText } from '../text/leads.ts'

const storageKey = 'prospectus.portal.saved-filters'
const savedFilters = z.array(z.object({ name: z.string(), query: z.string() }))
type SavedFilter = z.output<typeof savedFilters>[number]

/** Filters that the officer named, kept in this browser. @param query that of the list now */
export function SavedFilters({ query }: { query: string }) {
  const [filters, setFilters] = useState(readFilters)
  const [isNaming, setNaming] = useState(false)
  const store = (next: SavedFilter[]) => {
    localStorage.setItem(storageKey, JSON.stringify(next))
    setFilters(next)
  }
  const isSaved = filters.some((filter) => filter.query === query)
  if (filters.length === 0 && query === '') return null
  return (
    <div class="quick">
      {filters.length > 0 && <span>{leadText.saved}:</span>}
      {filters.map(({ name, query: own }) => (
        <span key={name} class="quick">
          <Link to={`/leads?${own}`} {...(own === query && { 'aria-current': 'page' as const })}>
            {name}
          </Link>
          <button
            type="button"
            class="plain"
            aria-label={leadText.removeFilter(name)}
            onClick={() => store(filters.filter((filter) => filter.name !== name))}
          >
            ×
          </button>
        </span>
      ))}
      {query !== '' && !isSaved && !isNaming && (
        <button type="button" class="plain" onClick={() => setNaming(true)}>
          {leadText.saveFilter}
        </button>
      )}
      {isNaming && (
        <form
          class="filters"
          onSubmit={(event) => {
            event.preventDefault()
            if (!(event.currentTarget instanceof HTMLFormElement)) return
            const name = String(new FormData(event.currentTarget).get('name') ?? '').trim()
            if (name === '') return
            store([...filters.filter((filter) => filter.name !== name), { name, query }])
            setNaming(false)
          }}
        >
          <Field label={leadText.filterName} name="name" maxLength={40} required autoFocus />
          <button type="submit" class="button">
            {leadText.save}
          </button>
        </form>
      )}
    </div>
  )
}

function readFilters(): SavedFilter[] {
  try {
    return savedFilters.safeParse(JSON.parse(localStorage.getItem(storageKey) ?? '[]')).data ?? []
  } catch (error) {
    // Another program of this origin may have written it.
    if (error instanceof SyntaxError) return []
    throw error
  }
}
