import * as z from 'zod'
import {
  notification,
  notificationChoices,
  notificationEvent,
  notificationTiming,
} from '../../domain/reporting/notifications/notification.ts'
import { cursorPage, cursorQuery } from '../paging.ts'
import { defineRoute } from '../route.ts'

const notificationPage = z.object({ notifications: z.array(notification), page: cursorPage })
const listing = { description: 'One page, latest first. Notifications are kept for 90 days.', body: notificationPage }

export const listNotifications = defineRoute({
  name: 'listNotifications',
  method: 'GET',
  path: '/v1/ops/notifications',
  caller: 'operator',
  summary: 'What staff were told of: caps, balances, endpoints, schools without leads, imports',
  query: cursorQuery,
  responses: { 200: listing },
})

export const listSchoolNotifications = defineRoute({
  name: 'listSchoolNotifications',
  method: 'GET',
  path: '/v1/school/notifications',
  caller: 'school',
  summary: 'What your school was told of: credit requests, statements, caps, balance, endpoints',
  query: cursorQuery,
  responses: { 200: listing },
})

export const listPublisherNotifications = defineRoute({
  name: 'listPublisherNotifications',
  method: 'GET',
  path: '/v1/publisher/notifications',
  caller: 'source',
  secretKey: true,
  summary: 'What your source was told of: returned leads and statements',
  query: cursorQuery,
  responses: { 200: listing },
})

const settings = z
  .object({
    events: z.array(
      z.object({
        event: notificationEvent,
        timing: notificationTiming.meta({ description: 'When you are emailed.' }),
        default: notificationTiming.meta({ description: 'When others of your role are, unless they chose otherwise.' }),
      }),
    ),
  })
  .meta({ id: 'NotificationSettings' })

export const readNotificationSettings = defineRoute({
  name: 'readNotificationSettings',
  method: 'GET',
  path: '/v1/session/notifications',
  caller: 'person',
  summary: 'Which events you are emailed about, and when',
  responses: { 200: { description: 'Every event that people like you can be told of.', body: settings } },
})

export const changeNotificationSettings = defineRoute({
  name: 'changeNotificationSettings',
  method: 'PUT',
  path: '/v1/session/notifications',
  caller: 'person',
  summary: 'Choose which events you are emailed about, and when',
  description: 'Replaces your choices. An event that is not in them is as for your role.',
  body: z.strictObject({ choices: notificationChoices }).meta({ id: 'NotificationSettingsChange' }),
  responses: { 200: { description: 'Changed.', body: settings } },
  example: { body: { choices: { 'cap-used': 'daily', 'leads-stopped': 'off' } } },
})
