/* The face, the sample headlines, themes and layouts, byte for byte inside the program: it can
 * draw and air something on a board without any other file. FACE is a path given by the build,
 * the others are found in assets/. Read-only data, no code, and no executable stack asked for. */
        .macro embed name, path
        .balign 16
        .globl embedded_\name
        .type embedded_\name, %object
embedded_\name:
        .incbin "\path"
        .size embedded_\name, . - embedded_\name
        .globl embedded_\name\()_end
        .type embedded_\name\()_end, %object
embedded_\name\()_end:
        .byte 0
        .endm

        .section .rodata
        embed face, FACE
        embed samples, samples.xml
        embed night, themes/night.conf
        embed day, themes/day.conf
        embed contrast, themes/contrast.conf
        embed broadcast, themes/broadcast.conf
        embed newsroom, layouts/newsroom.conf
        embed newsroom_tall, layouts/newsroom-tall.conf
        embed tape, layouts/tape.conf
        embed wall, layouts/wall.conf
        embed lower_third, layouts/lower-third.conf

#if WEB
        embed web_index, web/index.html
        embed web_style, web/style.css
        /* One script of its parts, in this order. */
        .balign 16
        .globl embedded_web_app
        .type embedded_web_app, %object
embedded_web_app:
        .incbin "web/words.js"
        .incbin "web/ask.js"
        .incbin "web/status.js"
        .incbin "web/sources.js"
        .incbin "web/news.js"
        .incbin "web/round.js"
        .incbin "web/forms.js"
        .size embedded_web_app, . - embedded_web_app
        .globl embedded_web_app_end
        .type embedded_web_app_end, %object
embedded_web_app_end:
        .byte 0
#endif

        .section .note.GNU-stack, "", %progbits
