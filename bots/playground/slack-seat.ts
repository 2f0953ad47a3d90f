import type { Answer, Message, View } from '../slack/simulator/index.ts'
import { isJson, type Json } from '../slack/simulator/json.ts'
import type { Surface } from '../slack/simulator/people/surface.ts'
import type { Given } from '../slack/simulator/values.ts'
import { found } from './found.ts'
import type { Office } from './office.ts'
import type { Deed, DeedOf, Offer, Outcome, Seat } from './seat.ts'

const shownMessages = 40
const homePlace = 'home'

/** Somebody in front of the Slack client. */
export function seatInOffice(
  { slack, team, people, channels, withApp, shortcuts }: Office,
  { id, person }: Office['people'][number],
): Seat {
  let at: string = channels[0]?.id ?? homePlace

  const appName = 'Focus Mate'
  const nameOf = (user: string): string => (user === team.bot.id ? appName : team.nameOf(user))
  const here = (): { readonly id: string } => {
    if (at === homePlace) throw new Error('the home takes no messages')
    return { id: at }
  }
  const surface = (on: string): Surface => {
    const messages = at === homePlace ? [] : person.sees(here())
    const shown = { home: person.home, form: person.view }[on] ?? messages.find(({ ts }) => ts === on)
    if (!shown) throw new Error('this is not on the screen any more')
    return shown
  }

  /** A file of Slack's as the page can fetch it. */
  const shownBlock = (block: Json): Json =>
    isJson(block.slack_file) ? { ...block, image_url: new URL(`/files/${String(block.slack_file.id)}`, slack.apiUrl).href } : block

  const seesMessage = (message: Message): object => ({
    id: message.ts,
    author: { name: nameOf(message.author), bot: message.author === team.bot.id },
    at: new Date(Number(message.ts) * 1000).toISOString(),
    edited: message.edited && message.author !== team.bot.id,
    private: message.onlyFor !== null,
    rings: message.mentions.users.includes(person.id),
    inThread: message.threadTs !== null && message.threadTs !== message.ts,
    text: message.text,
    blocks: message.blocks.map(shownBlock),
  })

  const seesView = (view: View): object => ({ id: view.id, hash: view.hash, body: view.spec, values: view.values })

  const noticed = (answer: Answer | null): Outcome => ({
    ...(answer?.error ? { note: answer.text } : {}),
    ...(answer && Object.keys(answer.errors).length > 0 ? { errors: answer.errors } : {}),
  })

  function type(text: string): Promise<Answer> | Promise<Message> {
    const [command = '', rest = ''] = /^(\/\S+)\s*(.*)$/s.exec(text)?.slice(1) ?? []
    return command === '' ? person.say(here(), text) : person.slash(here(), command, rest)
  }

  const offers = (typed: string): Offer[] =>
    [{ label: slack.command, about: 'Focus Mate', text: `${slack.command} ` }].filter(
      ({ label }) => typed.startsWith('/') && label.startsWith(typed.trimEnd()) && typed !== `${label} `,
    )

  const submit = async ({ values }: DeedOf<'submit'>): Promise<Outcome> => {
    const view = person.view
    if (view === null) throw new Error('no form is open')
    return noticed(await person.submit(view, Object.fromEntries(Object.entries(values).map(([field, value]) => [field, givenFrom(value)]))))
  }

  async function act(deed: Deed): Promise<Outcome> {
    switch (deed.do) {
      case 'open':
        at = deed.place
        return at === homePlace ? noticed(await person.openHome()) : {}
      case 'type': {
        const seen = await type(deed.text.trim())
        return 'error' in seen ? noticed(seen) : {}
      }
      case 'complete':
        return { offers: offers(deed.text) }
      case 'press':
        return noticed(await person.press(surface(deed.on), deed.which))
      case 'select':
        return noticed(await person.select(surface(deed.on), deed.which, deed.values.length > 1 ? deed.values : (deed.values[0] ?? null)))
      case 'suggest': {
        const labels = await person.suggest(surface(deed.on), deed.which, deed.text)
        return { offers: labels.map((label) => ({ label, about: '', text: label })) }
      }
      case 'submit':
        return submit(deed)
      case 'dismiss':
        await person.dismiss()
        return {}
      case 'join':
        await person.join({ id: deed.place })
        return {}
      case 'leave':
        await person.leave({ id: deed.place })
        return {}
      case 'shortcut': {
        const [first] = shortcuts
        return first === undefined ? {} : noticed(await person.shortcut('global', first.callback_id))
      }
      case 'invite':
        await found(channels, (channel) => channel.id === at, 'invite it into a channel').invite(team.bot)
        withApp.add(at)
        return {}
      default:
        throw new Error(`Slack knows no “${deed.do}”`)
    }
  }

  return {
    id,
    platform: 'slack',
    name: person.name,
    language: person.locale,
    timezone: person.tz,
    act,
    sees: () => ({
      place: at,
      places: [
        ...channels.map((channel) => ({ id: channel.id, kind: 'text', name: channel.name, withApp: withApp.has(channel.id) })),
        { id: person.dm().id, kind: 'direct', name: appName },
        { id: homePlace, kind: 'home', name: appName },
      ],
      messages: at === homePlace ? [] : person.sees({ id: at }).slice(-shownMessages).map(seesMessage),
      home: at === homePlace && person.home ? seesView(person.home) : null,
      form: person.view && seesView(person.view),
      shortcut: shortcuts[0]?.name ?? null,
      people: people.map((one) => ({ id: one.person.id, seat: one.id, name: one.person.name })),
      channels: channels.map((channel) => ({ id: channel.id, name: channel.name })),
    }),
  }
}

/** What a form's field holds, as the simulator takes it: an empty one is nothing. */
const givenFrom = (value: DeedOf<'submit'>['values'][string]): Given => {
  if (typeof value === 'boolean') return String(value)
  return value.length === 0 ? null : value
}
