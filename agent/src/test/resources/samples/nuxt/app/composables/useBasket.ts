export function useBasket() {
  const loaves = useState<string[]>("loaves", () => [])

  function add(name: string) {
    loaves.value = [...loaves.value, name]
  }

  return { loaves, add }
}
