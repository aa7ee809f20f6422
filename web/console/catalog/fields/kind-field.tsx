import { Select } from '#web/app/components/field.tsx'
import { appText } from '#web/app/text/app-text.ts'
import { type ResolvedFieldProps, useEditor, useFieldText } from '../editor-context.ts'
import { getVariantsByKind, listProperties } from '../record-schema.ts'
import { Fieldset } from './fieldset.tsx'
import { toObject, toText } from './json.ts'
import { AddOrRemove, ObjectFields } from './nested-fields.tsx'

/** An object with several variants. Fields that two variants share keep their values when the type changes. */
export function KindField({ schema, pointer, value, change, isRequired, label }: ResolvedFieldProps) {
  const { resolve } = useEditor()
  const text = useFieldText(pointer)
  const kindText = text.fields?.kind
  const variants = getVariantsByKind(schema, resolve)
  const [firstKind = ''] = variants.keys()
  const members = toObject(value)
  const kind = toText(members.kind)
  const variant = variants.get(kind)
  const changeKind = (next: string) => {
    const commonMembers = listProperties(variants.get(next) ?? {}).flatMap(([part]) => {
      const { [part]: member } = members
      return member === undefined ? [] : [[part, member] as const]
    })
    change({ ...Object.fromEntries(commonMembers), kind: next })
  }
  return (
    <Fieldset title={label ?? text.label} help={label ? undefined : text.help} pointer={pointer}>
      {(value !== undefined || isRequired) && (
        <Select
          label={kindText?.label ?? ''}
          data-pointer={`${pointer}/kind`}
          choices={[
            ...(variant ? [] : [{ value: '', label: appText.select }]),
            ...[...variants.keys()].map((variantKind) => ({
              value: variantKind,
              label: kindText?.choices?.[variantKind] ?? variantKind,
            })),
          ]}
          value={kind}
          onChange={({ currentTarget }) => changeKind(currentTarget.value)}
        />
      )}
      {variant && <ObjectFields key={kind} schema={variant} pointer={pointer} value={members} change={change} />}
      <AddOrRemove
        isPresent={value !== undefined}
        isOptional={!isRequired}
        label={text.label}
        change={change}
        initialValue={{ kind: firstKind }}
      />
    </Fieldset>
  )
}
