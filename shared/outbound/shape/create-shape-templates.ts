import type { LeadCreated } from '#shared/domain/delivery/lead-created.ts'
import type { RequestShape } from '#shared/domain/delivery/request-shape.ts'
import { configureFilters, type ShapePhase } from './configure-filters.ts'

export type TemplateView = LeadCreated['data'] & { timestamp: string }
export type ShapeTemplates = Awaited<ReturnType<typeof createShapeTemplates>>

const maxTemplateLength = 2000
const maxMemory = 1_000_000
/** Milliseconds for one leaf. Saving is stricter, so that sending has a reserve. */
const maxRenderMs = { saving: 500, sending: 2000 } as const satisfies { [phase in ShapePhase]: number }

/**
 * Returns Liquid without access to files, the clock, randomness or prototypes. A template that is one expression returns
 * its value with its type; an absent value is undefined. Liquid is loaded at the first call.
 */
export async function createShapeTemplates(maps: RequestShape['maps'], phase: ShapePhase) {
  const { Liquid } = await import('liquidjs')
  const engine = new Liquid({
    keepOutputType: true,
    locale: 'en-US',
    memoryLimit: maxMemory,
    ownPropertyOnly: true,
    parseLimit: maxTemplateLength,
    renderLimit: maxRenderMs[phase],
    strictFilters: true,
    templates: {},
    timezoneOffset: 'UTC',
  })
  configureFilters(engine, maps, phase)
  return {
    async render(template: string, view: TemplateView): Promise<unknown> {
      const value: unknown = await engine.render(engine.parse(template), view)
      return value
    },
    /** Lists the variables of a template as paths, as far as they are known without a lead. */
    listVariables(template: string): string[][] {
      return engine.globalVariableSegmentsSync(engine.parse(template)).map((segments) => {
        const dynamicIndex = segments.findIndex((step) => typeof step === 'object')
        return segments.slice(0, dynamicIndex === -1 ? segments.length : dynamicIndex).map(String)
      })
    },
  }
}

export function toTemplateView({ timestamp, data }: LeadCreated): TemplateView {
  return { ...data, timestamp }
}
