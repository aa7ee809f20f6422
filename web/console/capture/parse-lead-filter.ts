import type * as z from 'zod'
import { leadFilter } from '#shared/contract/capture/lead-search.ts'

type Filter = z.output<typeof leadFilter>
/** A filter in the form of query parameters. */
export type LeadFilterQuery = Omit<Filter, 'test'> & { test?: 'true' | 'false' }

const { outcome, sourceId, careerSlug, state } = leadFilter.shape

/** Reads the filters from the address and ignores invalid ones. */
export function parseLeadFilter(query: URLSearchParams): LeadFilterQuery {
  const readParameter = <Value>(name: string, schema: z.ZodType<Value>) =>
    schema.safeParse(query.get(name) ?? undefined).data ?? undefined
  const test = query.get('test')
  const filter = {
    outcome: readParameter('outcome', outcome),
    sourceId: readParameter('source', sourceId),
    careerSlug: readParameter('career', careerSlug),
    state: readParameter('state', state),
  }
  return {
    ...(filter.outcome && { outcome: filter.outcome }),
    ...(filter.sourceId && { sourceId: filter.sourceId }),
    ...(filter.careerSlug && { careerSlug: filter.careerSlug }),
    ...(filter.state && { state: filter.state }),
    ...((test === 'true' || test === 'false') && { test }),
  }
}

/** Converts the filter to the form that the export takes. */
export function toExportFilter({ test, ...filter }: LeadFilterQuery): Filter {
  return { ...filter, ...(test !== undefined && { test: test === 'true' }) }
}
