import type * as z from 'zod'
import { leadFilter } from '#shared/contract/capture/lead-search.ts'

type Filter = z.output<typeof leadFilter>
/** A filter as an address holds it. */
export type Asked = Omit<Filter, 'test'> & { test?: 'true' | 'false' }

const { outcome, sourceId, careerSlug, state } = leadFilter.shape

/** The filters that stand in the address. What is none is left out, as if nobody had asked. */
export function filterOf(query: URLSearchParams): Asked {
  const given = <Value>(name: string, schema: z.ZodType<Value>) =>
    schema.safeParse(query.get(name) ?? undefined).data ?? undefined
  const test = query.get('test')
  const asked = {
    outcome: given('outcome', outcome),
    sourceId: given('source', sourceId),
    careerSlug: given('career', careerSlug),
    state: given('state', state),
  }
  return {
    ...(asked.outcome && { outcome: asked.outcome }),
    ...(asked.sourceId && { sourceId: asked.sourceId }),
    ...(asked.careerSlug && { careerSlug: asked.careerSlug }),
    ...(asked.state && { state: asked.state }),
    ...((test === 'true' || test === 'false') && { test }),
  }
}

/** The same as an export takes it. */
export function exported({ test, ...filter }: Asked): Filter {
  return { ...filter, ...(test !== undefined && { test: test === 'true' }) }
}
