import { searchLeads } from '#shared/contract/capture/lead-search.ts'
import { recordKinds } from '#shared/contract/catalog/records.ts'
import { type BrowserClient, captureProblem } from '../../app/browser-client.tsx'
import { formatInstant } from '../../app/format.ts'
import type { ApiProblem } from '../../app/text/problem-text.ts'
import { createRecordClient } from '../catalog/create-record-client.ts'
import { getRecordTitle, slugify } from '../catalog/record-forms.ts'
import { recordTexts } from '../text/records/record-text.ts'
import { searchPages, searchText } from '../text/search-text.ts'

/** `kind`: what it is, for people. `to`: the path of its page. */
export type SearchMatch = { kind: string; label: string; to: string }
export type SearchResult = { matches?: readonly SearchMatch[]; problem?: ApiProblem | undefined }

const maxPerKind = 5

/** Whether the text looks like contact details of a person, which are searched for on request only. */
export function needsSubmit(text: string): boolean {
  return text.includes('@') || text.replaceAll(/\D/g, '').length >= 7
}

/** Finds the lead with an ID, the leads of a person, or the records and pages with a name. */
export async function findMatches(text: string, call: BrowserClient): Promise<SearchResult> {
  const leadId = /\blead_[A-Za-z0-9_-]{22}/.exec(text)?.[0]
  if (leadId) return { matches: [{ kind: searchText.lead, label: leadId, to: `/leads/${leadId}` }] }
  return needsSubmit(text) ? findLeads(text.trim(), call) : findByName(text.trim(), call)
}

async function findLeads(text: string, call: BrowserClient): Promise<SearchResult> {
  const body = text.includes('@') ? { email: text } : { phone: text }
  const { problem, body: found } = await captureProblem(() => call(searchLeads, { body }))
  if (problem) return { problem }
  const leads = found?.leads ?? []
  return {
    matches: leads.map(({ leadId, receivedAt, careerSlug }) => ({
      kind: searchText.lead,
      label: searchText.leadOf(formatInstant(receivedAt), careerSlug),
      to: `/leads/${leadId}`,
    })),
  }
}

/** Records are found by how their ID begins, so that a search reads a few rows of any catalog. */
async function findByName(text: string, call: BrowserClient): Promise<SearchResult> {
  const words = text.toLowerCase()
  const pages = searchPages.filter(({ label }) => label.toLowerCase().includes(words))
  const prefix = slugify(text)
  const outcomes = await Promise.all(
    prefix === ''
      ? []
      : recordKinds.map(async (kind) => ({
          kind,
          ...(await createRecordClient(call, kind).list({ prefix, limit: maxPerKind })),
        })),
  )
  const failed = outcomes.find(({ problem }) => problem)
  if (failed) return { problem: failed.problem }
  const records = outcomes.flatMap(({ kind, body }) =>
    (body?.records ?? []).map(({ id, body: fields }) => ({
      kind: recordTexts[kind].singular,
      label: getRecordTitle(kind, id, fields),
      to: `/${kind}/${encodeURIComponent(id)}`,
    })),
  )
  return { matches: [...pages.map((page) => ({ kind: searchText.page, ...page })), ...records] }
}
