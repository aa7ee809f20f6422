import { Field } from '#web/app/components/field.tsx'
import { useFault } from '../editor-context.ts'

/** The id of a new record. It is made from the name until somebody chooses another. */
export function IdField({ singular, id, change }: { singular: string; id: string; change: (id: string) => void }) {
  const fault = useFault('{id}')
  return (
    <Field
      label={`Id of the ${singular}`}
      help="It stands for ever: in links, exports and reports."
      fault={fault}
      data-pointer="{id}"
      autocomplete="off"
      value={id}
      onInput={({ currentTarget }) => change(currentTarget.value)}
    />
  )
}
