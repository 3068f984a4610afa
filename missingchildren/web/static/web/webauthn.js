// Passkeys: reads the options in the page (or asks for them), lets the browser do its part, and posts
// the answer in the form's hidden field. One form per page, marked data-passkey="create" or "get".
(function () {
  'use strict'

  const form = document.querySelector('form[data-passkey]')
  if (!form) return
  const problem = document.getElementById('passkey-problem')
  const answer = form.elements.namedItem('credential')

  const bytes = (text) => {
    const plain = atob(text.replace(/-/g, '+').replace(/_/g, '/'))
    return Uint8Array.from(plain, (character) => character.charCodeAt(0))
  }

  const text = (buffer) => {
    const plain = String.fromCharCode(...new Uint8Array(buffer))
    return btoa(plain).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '')
  }

  const keys = (list) => (list || []).map((key) => ({ ...key, id: bytes(key.id) }))

  const options = async () => {
    const inPage = document.getElementById('passkey-options')
    if (inPage) return JSON.parse(inPage.textContent).publicKey
    const reply = await fetch(form.action, { headers: { Accept: 'application/json' } })
    if (!reply.ok) throw new Error('no options')
    return (await reply.json()).request_options.publicKey
  }

  const create = async (wanted) => {
    const made = await navigator.credentials.create({
      publicKey: {
        ...wanted,
        challenge: bytes(wanted.challenge),
        user: { ...wanted.user, id: bytes(wanted.user.id) },
        excludeCredentials: keys(wanted.excludeCredentials)
      }
    })
    return {
      response: {
        clientDataJSON: text(made.response.clientDataJSON),
        attestationObject: text(made.response.attestationObject),
        transports: made.response.getTransports ? made.response.getTransports() : []
      },
      made
    }
  }

  const get = async (wanted) => {
    const made = await navigator.credentials.get({
      publicKey: {
        ...wanted,
        challenge: bytes(wanted.challenge),
        allowCredentials: keys(wanted.allowCredentials)
      }
    })
    const handle = made.response.userHandle
    return {
      response: {
        clientDataJSON: text(made.response.clientDataJSON),
        authenticatorData: text(made.response.authenticatorData),
        signature: text(made.response.signature),
        userHandle: handle ? text(handle) : null
      },
      made
    }
  }

  const ask = async () => {
    problem.hidden = true
    try {
      const ceremony = form.dataset.passkey === 'create' ? create : get
      const { response, made } = await ceremony(await options())
      answer.value = JSON.stringify({
        id: made.id,
        rawId: text(made.rawId),
        type: made.type,
        response,
        clientExtensionResults: made.getClientExtensionResults()
      })
      form.submit()
    } catch {
      problem.hidden = false
      problem.focus()
    }
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault()
    ask()
  })
  if (!window.PublicKeyCredential) return
  form.hidden = false
})()
