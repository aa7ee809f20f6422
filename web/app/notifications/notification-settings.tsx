import { useState } from 'preact/hooks'
import type * as z from 'zod'
import { changeNotificationSettings, readNotificationSettings } from '#shared/contract/reporting/notifications.ts'
import {
  type NotificationChoices,
  type NotificationEvent,
  notificationTiming,
} from '#shared/domain/reporting/notifications/notification.ts'
import { getNotificationTitle } from '#shared/domain/reporting/notifications/notification-text.ts'
import { Action } from '../action.tsx'
import { useApi, useApiData } from '../browser-client.tsx'
import { Select } from '../components/field.tsx'
import { LoadBoundary } from '../components/note.tsx'
import { notificationsText as text } from '../text/notification-text.ts'

type Settings = z.output<(typeof readNotificationSettings.responses)[200]['body']>

/** When the signed-in person is emailed about which event. */
export function NotificationSettings() {
  const [settings, reload] = useApiData(readNotificationSettings, {})
  return (
    <section class="card" aria-labelledby="notification-settings">
      <h2 id="notification-settings">{text.settings}</h2>
      <p>{text.settingsHelp}</p>
      <LoadBoundary data={settings} reload={reload}>
        {(body) => <SettingsForm settings={body} />}
      </LoadBoundary>
    </section>
  )
}

function SettingsForm({ settings: { events } }: { settings: Settings }) {
  const { call, person } = useApi()
  const reader = person?.holder.caller ?? 'operator'
  const [choices, setChoices] = useState<NotificationChoices>(() =>
    Object.fromEntries(events.filter((one) => one.timing !== one.default).map(({ event, timing }) => [event, timing])),
  )
  const choose = (event: NotificationEvent, value: string) => {
    const { [event]: _, ...others } = choices
    const timing = notificationTiming.safeParse(value).data
    setChoices(timing === undefined ? others : { ...others, [event]: timing })
  }
  return (
    <>
      {events.map(({ event, default: own }) => (
        <Select
          key={event}
          label={getNotificationTitle(event, reader)}
          value={choices[event] ?? ''}
          onChange={({ currentTarget }) => choose(event, currentTarget.value)}
          choices={[
            { value: '', label: text.asForRole(text.timings[own]) },
            ...notificationTiming.options.map((timing) => ({ value: timing, label: text.timings[timing] })),
          ]}
        />
      ))}
      <div class="actions">
        <Action run={() => call(changeNotificationSettings, { body: { choices } })} successMessage={text.saved}>
          {text.save}
        </Action>
      </div>
    </>
  )
}
