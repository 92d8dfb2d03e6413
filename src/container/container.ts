import './reflect-metadata.ts'
import { container, type DependencyContainer, instancePerContainerCachingFactory } from 'tsyringe'
import { create, disposed, taken, unregistered } from './creation.ts'
import { Disposer } from './disposer.ts'
import type { Factory, InjectableClass, ServiceOptions, ValueOptions } from './registration.ts'
import type { Token, Tokens } from './token.ts'

/**
 * A scope of services. It sees its own registrations and those of the scopes around it; the nearest one counts.
 * Its parent holds it until it is disposed of, so every scope has to be, such as by `await using`.
 *
 * From the moment disposal begins, every other method throws a `ResolutionError` of code `container_disposed`.
 */
export class Container implements AsyncDisposable {
  /** The scope whose resolve() is running, for the factory that tsyringe calls next. */
  static #asker: Container
  /** The names of the scopes from the root to this one. A root without a name is left out. */
  readonly path: readonly string[]
  readonly #parent: Container | undefined
  readonly #services: DependencyContainer
  readonly #disposer: Disposer
  readonly #descriptions: string[] = []

  /** A root scope, or what {@link createScope} makes. The name is what errors call it. */
  constructor(name?: string, parent?: Container) {
    this.path = [...(parent?.path ?? []), ...(name === undefined ? [] : [name])]
    this.#parent = parent
    this.#services = (parent === undefined ? container : parent.#services).createChildContainer()
    this.#disposer = new Disposer(parent === undefined ? undefined : parent.#disposer)
  }

  /** A scope inside this one. The name is what errors call it, such as `plugin "assistant"`. */
  createScope(name: string): Container {
    this.#assertOpen(name)
    return new Container(name, this)
  }

  /**
   * Registers a value that exists.
   * @throws ResolutionError `token_taken` where this very scope has something for the token
   */
  registerValue<T>(token: Token<T>, value: NoInfer<T>, { dispose = false }: ValueOptions<NoInfer<T>> = {}): this {
    this.#register(token, () => value)
    this.#disposer.own([...this.path, token.description], value, dispose)
    return this
  }

  /**
   * Registers how a service is created. It is created when it is first asked for.
   * @throws ResolutionError `token_taken` where this very scope has something for the token
   */
  registerFactory<T, TDependencies extends readonly unknown[] = []>(
    token: Token<T>,
    factory: Factory<NoInfer<T>, TDependencies>,
  ): this {
    const { lifetime = 'singleton', dispose = lifetime !== 'transient' } = factory
    const inject = (factory.inject ?? []) as Tokens<TDependencies>
    const build = () => {
      const asker = Container.#asker
      const home = lifetime === 'singleton' ? this : asker
      const service = create({ subject: token.description, registration: build, asker, home }, () => {
        const dependencies: readonly unknown[] = inject.map((dependency) => home.resolve(dependency))
        return factory.create(...(dependencies as [...TDependencies]))
      })
      home.#disposer.own([...home.path, token.description], service, dispose)
      return { service }
    }
    if (lifetime === 'transient') return this.#register(token, () => build().service)
    // The object around the service is for tsyringe, which would create a service that is undefined again and again.
    const cached = instancePerContainerCachingFactory(build)
    return this.#register(token, (services) => cached(lifetime === 'singleton' ? this.#services : services).service)
  }

  /**
   * Registers the class of a service, which says in `inject` what its constructor is given.
   * @throws ResolutionError `token_taken` where this very scope has something for the token
   */
  registerClass<T, TDependencies extends readonly unknown[] = []>(
    token: Token<T>,
    Class: InjectableClass<NoInfer<T>, TDependencies>,
    options: ServiceOptions<NoInfer<T>> = {},
  ): this {
    const create = (...dependencies: NoInfer<[...TDependencies]>) => new Class(...dependencies)
    return this.registerFactory<T, TDependencies>(token, { ...options, inject: Class.inject, create })
  }

  /** Whether something is registered for the token, here or in a scope around this one. */
  has<T>(token: Token<T>): boolean {
    this.#assertOpen(token.description)
    return this.#services.isRegistered(token.key, true)
  }

  /**
   * The service of a token.
   * @throws ResolutionError `token_unregistered`, also for something that the service depends on; `dependency_cycle`;
   * `factory_failed`, or the code of the Plugboard error that a factory or constructor threw
   */
  resolve<T>(token: Token<T>): T {
    if (!this.has(token)) throw unregistered(this, token.description, this.#registered())
    Container.#asker = this
    return this.#services.resolve<T>(token.key)
  }

  /** The service of a token; undefined where nothing is registered for it. Otherwise throws like {@link resolve}. */
  tryResolve<T>(token: Token<T>): T | undefined {
    return this.has(token) ? this.resolve(token) : undefined
  }

  /**
   * Disposes of the scopes inside this one and then of the services that it owns, the newest first, one after another.
   * A second call is the same disposal.
   * @throws PlugboardError `disposal_failed` once all is done; its cause is an AggregateError of what was thrown
   */
  [Symbol.asyncDispose](): Promise<void> {
    return this.#disposer.dispose()
  }

  #register<T>(token: Token<T>, useFactory: (services: DependencyContainer) => T): this {
    this.#assertOpen(token.description)
    if (this.#services.isRegistered(token.key)) throw taken(this, token.description)
    this.#services.register(token.key, { useFactory })
    this.#descriptions.push(token.description)
    return this
  }

  #registered(): string[] {
    return this.#parent === undefined ? this.#descriptions : [...this.#descriptions, ...this.#parent.#registered()]
  }

  #assertOpen(subject: string): void {
    if (this.#disposer.closed) throw disposed(this, subject)
  }
}
