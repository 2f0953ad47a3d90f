import type { Answer, Channel, Message, Modal } from '../discord/simulator/index.ts'
import type { OptionValue, OptionValues } from '../discord/simulator/people/options.ts'
import { may } from '../discord/simulator/permissions.ts'
import type { ValueOption } from '../discord/simulator/rules/options.ts'
import { found } from './found.ts'
import type { Library } from './library.ts'
import { choicesOf, offerCommands, offerOptions, offerValues } from './offers.ts'
import type { Deed, Offer, Outcome, Seat } from './seat.ts'
import { nameIn, readTyped, type Typed } from './typed.ts'

const shownMessages = 40
const loadingFlag = 1 << 7

/** Somebody in front of the Discord client. */
export function seatInLibrary(
  { discord, guild, people, channels }: Library,
  { id, person, language, timezone }: Library['people'][number],
): Seat {
  const { world } = discord
  const { locale } = person
  let at: Channel = channels[0] ?? person.directMessages()
  let form: Modal | null = null
  /** What stands behind the words that autocomplete offered last. */
  let offered = new Map<string, string | number>()

  const everyPlace = (): Channel[] => [...channels, person.directMessages()]
  const place = (wanted: string): Channel => found(everyPlace(), ({ id: channel }) => channel === wanted, 'this channel is gone')
  const message = (wanted: string): Message => found(person.sees(at), ({ id: one }) => one === wanted, 'this message is gone')

  function seesMessage(shown: Message): object {
    const { author, content, components, embeds, timestamp } = discord.payloadOf(shown)
    const asker = shown.interaction === null ? undefined : world.users.get(shown.interaction.userId)
    return {
      id: shown.id,
      author: { name: world.users.get(author.id)?.name ?? author.username, bot: author.bot === true },
      at: timestamp,
      edited: shown.editedAt !== null && shown.interaction === null,
      private: shown.onlyFor !== null,
      loading: (shown.flags & loadingFlag) !== 0,
      rings: person.pingedIn(at).includes(shown),
      asked: asker && shown.interaction?.name ? { by: asker.name, command: shown.interaction.name } : null,
      content,
      components,
      embeds,
    }
  }

  /** An answer that is on the screen needs no words; a form opens. */
  function noticed(answer: Answer): Outcome {
    form = answer.modal
    return {}
  }

  async function type(text: string): Promise<Outcome> {
    if (!text.startsWith('/')) {
      person.say(at, text)
      return {}
    }
    const typed = readTyped(text, discord.commands, locale)
    return noticed(await person.slash(at, typed.words, valuesOf(typed)))
  }

  function valuesOf(typed: Typed): OptionValues {
    const [first] = typed.options ?? []
    if (typed.stray !== '')
      throw new Error(`“${typed.stray}” belongs to no option${first ? `: write ${nameIn(locale, first)}: before it` : ''}`)
    return Object.fromEntries(typed.given.map(({ option, text }) => [option.name, valueFrom(option, text)]))
  }

  function valueFrom(option: ValueOption, text: string): OptionValue {
    const named = <T extends { readonly name: string }>(all: readonly T[]): T =>
      found(all, ({ name }) => name === text.replace(/^[@#]/, ''), `nobody and nothing here is called ${text}`)
    switch (option.type) {
      case 4:
      case 10:
        return Number(text)
      case 5:
        return ['true', 'yes', 'on', '예', '네'].includes(text.toLowerCase())
      case 6:
      case 9:
        return named(people.map((one) => one.person))
      case 7:
        return named(channels)
      default:
        return option.choices?.find((choice) => nameIn(locale, choice) === text)?.value ?? offered.get(text) ?? text
    }
  }

  async function complete(text: string): Promise<Offer[]> {
    const typed = readTyped(text, discord.commands, locale)
    if (typed.options === null) return offerCommands(text, discord.commands, locale)
    const last = typed.given.at(-1)
    const values = last ? offerValues(text.trimEnd(), last.text, await labelsFor(typed, last)) : []
    return last && last.text === '' ? values : [...values, ...(/\s$/.test(text) ? offerOptions(text, typed, locale) : [])]
  }

  async function labelsFor(typed: Typed, { option, text }: Typed['given'][number]): Promise<string[]> {
    if (option.autocomplete) {
      const { choices } = await person.autocomplete(
        at,
        typed.words,
        { ...valuesOf({ ...typed, given: typed.given.slice(0, -1) }), [option.name]: text },
        option.name,
      )
      offered = new Map(choices.map((choice) => [choice.name, choice.value]))
      return [...offered.keys()]
    }
    const starting = (names: readonly string[]) => names.filter((name) => name.toLowerCase().startsWith(text.toLowerCase()))
    if (option.type === 5) return starting(['yes', 'no'])
    if (option.type === 6 || option.type === 9) return starting(people.map((one) => `@${one.person.name}`))
    if (option.type === 7) return starting(channels.map(({ name }) => `#${name}`))
    return choicesOf(option, text, locale)
  }

  async function act(deed: Deed): Promise<Outcome> {
    switch (deed.do) {
      case 'open':
        at = place(deed.place)
        return {}
      case 'type':
        return type(deed.text.trim())
      case 'complete':
        return { offers: deed.text.startsWith('/') ? await complete(deed.text) : [] }
      case 'press':
        return noticed(await person.press(message(deed.on), deed.which))
      case 'select':
        return noticed(await person.select(message(deed.on), deed.which, deed.values))
      case 'submit': {
        const open = form
        if (open === null) throw new Error('no form is open')
        return noticed(await person.submit(open, deed.values))
      }
      case 'dismiss':
        form = null
        return {}
      case 'join':
        guild.voice.join(person, place(deed.place))
        return {}
      case 'leave':
        guild.voice.leave(person)
        return {}
      case 'menu': {
        const target = found(people, (one) => one.id === deed.target, 'nobody of that name')
        return noticed(await person.userMenu(at, deed.name, target.person))
      }
      default:
        throw new Error(`Discord knows no “${deed.do}”`)
    }
  }

  return {
    id,
    platform: 'discord',
    name: person.name,
    language,
    timezone,
    act,
    sees: () => ({
      place: at.id,
      places: everyPlace().map((channel) => ({
        id: channel.id,
        kind: channel.type,
        name: channel.type === 'direct' ? world.bot.name : channel.name,
        status: channel.status,
        inside: [...guild.state.voiceStates.values()]
          .filter((state) => state.channelId === channel.id)
          .map((state) => world.users.get(state.userId)?.name ?? ''),
        joined: guild.state.voiceStates.get(person.id)?.channelId === channel.id,
        open: may(world, channel, person.id, 'ViewChannel'),
      })),
      messages: person.sees(at).slice(-shownMessages).map(seesMessage),
      form: form === null ? null : { id: form.body.custom_id, body: form.body },
      menus: discord.commands.filter(({ type: kind }) => kind === 2).map((menu) => ({ name: menu.name, label: nameIn(locale, menu) })),
      people: people.map((one) => ({ id: one.person.id, seat: one.id, name: one.person.name })),
    }),
  }
}
