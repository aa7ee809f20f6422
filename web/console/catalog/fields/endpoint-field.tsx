import { useState } from 'preact/hooks'
import { StartFromTemplate } from '../../delivery/start-from-template.tsx'
import type { ResolvedFieldProps } from '../editor-context.ts'
import type { Json } from './json.ts'
import { KindField } from './kind-field.tsx'

/** The endpoint of a campaign, which can be started from a template for a system that schools use. */
export function EndpointField(field: ResolvedFieldProps) {
  const [fillCount, setFillCount] = useState(0)
  const fill = (endpoint: Json) => {
    field.change(endpoint)
    setFillCount(fillCount + 1)
  }
  // A new key, because the fields of the request choose their form when they are first shown.
  return (
    <>
      <StartFromTemplate change={fill} />
      <KindField key={fillCount} {...field} />
    </>
  )
}
