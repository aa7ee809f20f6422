import {
  fillEndpointTemplate as fillRoute,
  listEndpointTemplates as listRoute,
} from '#shared/contract/delivery/endpoint-templates.ts'
import { invalidFields } from '#shared/contract/problems.ts'
import type { Reply } from '#shared/contract/route.ts'
import { endpointTemplates, fillEndpointTemplate } from '#shared/domain/delivery/templates/endpoint-templates.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'

export const listHandler = defineHandler(listRoute, async (): Promise<Reply<typeof listRoute>> => {
  return { status: 200, body: { templates: endpointTemplates.map(({ build, ...summary }) => summary) } }
})

export const fillHandler = defineHandler(
  fillRoute,
  async ({ body: { templateId, values } }: Request<typeof fillRoute>): Promise<Reply<typeof fillRoute>> => {
    const result = fillEndpointTemplate(templateId, values)
    if ('faults' in result)
      throw invalidFields(
        result.faults.map(({ name, detail }) => ({ pointer: `/values/${name}`, code: 'invalid_input', detail })),
      )
    return { status: 200, body: result }
  },
)
