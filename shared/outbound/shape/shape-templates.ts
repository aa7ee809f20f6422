import type { LeadCreated } from '#shared/domain/delivery/lead-created.ts'
import type { RequestShape } from '#shared/domain/delivery/request-shape.ts'
import { type Phase, shapeFilters } from './shape-filters.ts'

export type View = LeadCreated['data'] & { timestamp: string }
export type Templates = Awaited<ReturnType<typeof shapeTemplates>>

const longestTemplate = 2000
const mostMemory = 1_000_000
/** Milliseconds for one leaf: what takes long is refused when it is saved, and has a reserve when it is sent. */
const longestRender = { saving: 500, sending: 2000 } as const satisfies { [phase in Phase]: number }

/**
 * Liquid without files, clock, dice or a prototype to climb. A template that is one expression gives its value as it
 * is; absent values give nothing. It is loaded when it is first needed.
 */
export async function shapeTemplates(maps: RequestShape['maps'], phase: Phase) {
  const { Liquid } = await import('liquidjs')
  const engine = new Liquid({
    keepOutputType: true,
    locale: 'en-US',
    memoryLimit: mostMemory,
    ownPropertyOnly: true,
    parseLimit: longestTemplate,
    renderLimit: longestRender[phase],
    strictFilters: true,
    templates: {},
    timezoneOffset: 'UTC',
  })
  shapeFilters(engine, maps, phase)
  return {
    async render(template: string, view: View): Promise<unknown> {
      const value: unknown = await engine.render(engine.parse(template), view)
      return value
    },
    /** What a template reads, each as the way to it, as far as that can be told without a lead. */
    variablesOf(template: string): string[][] {
      return engine.globalVariableSegmentsSync(engine.parse(template)).map((way) => {
        const known = way.findIndex((step) => typeof step === 'object')
        return way.slice(0, known === -1 ? way.length : known).map(String)
      })
    },
  }
}

export function viewOf({ timestamp, data }: LeadCreated): View {
  return { ...data, timestamp }
}
