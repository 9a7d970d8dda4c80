/* The face and the sample headlines, byte for byte inside the program: it can draw and air
 * something on a board without any other file. FACE and SAMPLES are paths given by the
 * build. Read-only data, no code, and no executable stack asked for. */
        .section .rodata
        .balign 16
        .globl embedded_face
        .type embedded_face, %object
embedded_face:
        .incbin FACE
        .size embedded_face, . - embedded_face
        .globl embedded_face_end
        .type embedded_face_end, %object
embedded_face_end:
        .byte 0

        .balign 16
        .globl embedded_samples
        .type embedded_samples, %object
embedded_samples:
        .incbin SAMPLES
        .size embedded_samples, . - embedded_samples
        .globl embedded_samples_end
        .type embedded_samples_end, %object
embedded_samples_end:
        .byte 0

        .section .note.GNU-stack, "", %progbits
