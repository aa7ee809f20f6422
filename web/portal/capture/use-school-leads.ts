import { useEffect, useState } from 'preact/hooks'
import { listSchoolLeads } from '#shared/contract/delivery/school-leads.ts'
import { type BrowserClient, captureProblem, useApi } from '../../app/browser-client.tsx'
import type { ApiProblem } from '../../app/text/problem-text.ts'
import type { SchoolLead } from './school-lead.ts'

type LoadedLeads = {
  leads: readonly SchoolLead[]
  /** More leads may follow, older than these. Undefined: nothing was loaded yet. */
  next: string | null | undefined
  isLoading: boolean
  problem?: ApiProblem
}

const pageSize = 100
/** So many leads are loaded before the officer asks for older ones. */
const firstLoad = 500
const pollMs = 15_000

/** What was loaded with a key, so that a list is there at once when the officer comes back from a lead. */
const loadedLeads = new WeakMap<BrowserClient, LoadedLeads>()
const nothing: LoadedLeads = { leads: [], next: undefined, isLoading: true }

/**
 * The leads of the school, newest first: up to 500 at once, then as many as are asked for. New ones are added every 15 seconds,
 * and when the officer comes back to the tab the newest are read again.
 */
export function useSchoolLeads() {
  const { call } = useApi()
  const [state, setState] = useState(() => loadedLeads.get(call) ?? nothing)
  const update = (change: (current: LoadedLeads) => LoadedLeads) => {
    const next = change(loadedLeads.get(call) ?? nothing)
    loadedLeads.set(call, next)
    setState(next)
  }

  const loadOlder = async (count: number) => {
    update((current) => ({ ...current, isLoading: true }))
    for (let loaded = 0; loaded < count; loaded += pageSize) {
      const { next } = loadedLeads.get(call) ?? nothing
      if (next === null) break
      const cursor = next === undefined ? {} : { cursor: next }
      const { body, problem } = await readPage(call, cursor)
      if (!body) {
        update((current) => ({ ...current, isLoading: false, problem: problem ?? { code: 'FAULT' } }))
        return
      }
      update(({ leads }) => ({ leads: merge(leads, body.leads), next: body.page.nextCursor, isLoading: true }))
    }
    update((current) => ({ ...current, isLoading: false }))
  }

  /** Reads the newest page again, with what colleagues have changed. */
  const refresh = async () => {
    if (loadedLeads.get(call)?.next === undefined) return
    const { body } = await readPage(call, {})
    if (body) update((current) => ({ ...current, leads: merge(current.leads, body.leads) }))
  }

  useEffect(() => {
    if (state.next === undefined) void loadOlder(firstLoad)
    else void refresh()
    const refreshIfVisible = () => {
      if (document.visibilityState === 'visible') void refresh()
    }
    const timer = setInterval(refreshIfVisible, pollMs)
    document.addEventListener('visibilitychange', refreshIfVisible)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', refreshIfVisible)
    }
  }, [call])

  return {
    ...state,
    loadOlder: () => void loadOlder(firstLoad),
    refresh: () => void refresh(),
    /** Shows a change of a lead at once. */
    change: (deliveryId: string, disposition: SchoolLead['disposition']) =>
      update((current) => ({
        ...current,
        leads: current.leads.map((lead) => withStatus(lead, deliveryId, disposition)),
      })),
  }
}

function withStatus(lead: SchoolLead, deliveryId: string, disposition: SchoolLead['disposition']): SchoolLead {
  if (lead.deliveryId !== deliveryId) return lead
  const { disposition: _, ...rest } = lead
  return { ...rest, ...(disposition && { disposition }) }
}

function readPage(call: BrowserClient, cursor: { cursor?: string }) {
  return captureProblem(() => call(listSchoolLeads, { query: { order: 'newest', limit: pageSize, ...cursor } }))
}

/** A lead that was read again replaces the earlier one. Newest first. */
function merge(leads: readonly SchoolLead[], fresh: readonly SchoolLead[]): SchoolLead[] {
  const all = new Map([...leads, ...fresh].map((lead) => [lead.deliveryId, lead]))
  return [...all.values()].toSorted((one, other) => (one.createdAt < other.createdAt ? 1 : -1))
}
