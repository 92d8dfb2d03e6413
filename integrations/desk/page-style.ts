/** The style of the page. It stands in the page itself, which its content security policy allows by the hash of this text. */
export const pageStyle = `
:root {
  color-scheme: light dark;
  --ground: light-dark(#f6f6f9, #131318);
  --surface: light-dark(#ffffff, #1f1f28);
  --text: light-dark(#1d1d26, #ececf3);
  --quiet: light-dark(#5d5d6d, #a5a5b6);
  --line: light-dark(#dcdce5, #34343f);
  --accent: light-dark(#5040c8, #6a5ae0);
}
* { box-sizing: border-box; }
[hidden] { display: none !important; }
body { margin: 0; height: 100dvh; display: flex; flex-direction: column; background: var(--ground); color: var(--text); font: 16px/1.45 system-ui, sans-serif; }
header { display: flex; align-items: baseline; gap: 1rem; padding: .6rem 1rem; background: var(--surface); border-bottom: 1px solid var(--line); }
h1 { font-size: 1.1rem; margin: 0; }
h2 { font-size: 1.05rem; margin: 0; }
header p, #description, #standing, .by { color: var(--quiet); margin: 0; font-size: .9rem; }
#entry { display: grid; gap: .8rem; max-width: 22rem; margin: 3rem auto; padding: 1.2rem; background: var(--surface); border: 1px solid var(--line); border-radius: .6rem; }
#entry label { display: grid; gap: .2rem; }
input, textarea { font: inherit; color: inherit; background: var(--ground); border: 1px solid var(--line); border-radius: .4rem; padding: .45rem .6rem; width: 100%; }
button { font: inherit; padding: .45rem .9rem; border: 1px solid var(--accent); border-radius: .4rem; background: var(--accent); color: #fff; cursor: pointer; }
#end { background: transparent; color: inherit; border-color: var(--line); }
#work { flex: 1; min-height: 0; display: flex; }
nav { width: 20rem; flex: none; overflow: auto; border-right: 1px solid var(--line); padding: .6rem; }
nav ul, ol { list-style: none; margin: 0; padding: 0; }
nav button { width: 100%; text-align: left; margin-bottom: .4rem; background: var(--surface); color: inherit; border-color: var(--line); }
nav button[aria-current='true'] { border-color: var(--accent); }
nav button span { display: block; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
nav .who { font-weight: 600; }
nav .title, nav .standing { color: var(--quiet); font-size: .85rem; }
nav .free { color: var(--text); font-weight: 600; }
#about { display: flex; gap: 1rem; justify-content: space-between; align-items: start; }
#about div { min-width: 0; overflow-wrap: anywhere; }
#session { flex: 1; min-width: 0; min-height: 0; display: flex; flex-direction: column; padding: .8rem 1rem; gap: .4rem; }
ol { flex: 1; min-height: 0; overflow: auto; }
ol li { margin: .35rem 0; max-width: 46rem; padding: .4rem .7rem; background: var(--surface); border: 1px solid var(--line); border-radius: .5rem; white-space: pre-wrap; overflow-wrap: anywhere; }
ol li.agent { margin-left: auto; border-color: var(--accent); }
ol li p { margin: 0; }
ol img, ol video { display: block; max-width: 100%; max-height: 20rem; border-radius: .3rem; }
ol audio { max-width: 100%; }
ol .file { background: transparent; color: inherit; }
#composer { display: flex; gap: .5rem; align-items: end; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
@media (max-width: 40rem) { #work { flex-direction: column; } nav { width: auto; max-height: 35%; border-right: 0; border-bottom: 1px solid var(--line); } nav:has(+ [hidden]) { max-height: none; flex: 1; } }
`
