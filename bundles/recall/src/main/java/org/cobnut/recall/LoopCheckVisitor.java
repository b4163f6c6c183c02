package org.cobnut.recall;

import java.util.HashSet;
import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Inserts {@link Recall#check} at the start of every method and before every jump backwards. It changes nothing on the
 * stack, so frames and the depth of the stack stay the same.
 */
final class LoopCheckVisitor extends ClassVisitor {
    private static final String RECALL = Type.getInternalName(Recall.class);

    private LoopCheckVisitor(ClassVisitor next) {
        super(Opcodes.ASM9, next);
    }

    /**
     * The same class with the checks.
     *
     * @throws RuntimeException for what ASM does not understand, or when a method would get too long
     */
    static byte[] checked(byte[] code) {
        var reader = new ClassReader(code);
        var writer = new ClassWriter(reader, 0);
        reader.accept(new ExitCallVisitor(new LoopCheckVisitor(writer)), 0);
        return writer.toByteArray();
    }

    /** The same class without checks, but without a call that would end the process. */
    static byte[] withoutExits(byte[] code) {
        var reader = new ClassReader(code);
        var writer = new ClassWriter(reader, 0);
        reader.accept(new ExitCallVisitor(writer), 0);
        return writer.toByteArray();
    }

    @Override
    public MethodVisitor visitMethod(int access, String name, String type, String generic, String[] exceptions) {
        return new Method(super.visitMethod(access, name, type, generic, exceptions));
    }

    private static final class Method extends MethodVisitor {
        private final Set<Label> passed = new HashSet<>();

        Method(MethodVisitor next) {
            super(Opcodes.ASM9, next);
        }

        @Override
        public void visitCode() {
            super.visitCode();
            check();
        }

        @Override
        public void visitLabel(Label label) {
            passed.add(label);
            super.visitLabel(label);
        }

        @Override
        public void visitJumpInsn(int instruction, Label target) {
            if (passed.contains(target)) check();
            super.visitJumpInsn(instruction, target);
        }

        @Override
        public void visitTableSwitchInsn(int least, int most, Label otherwise, Label... targets) {
            checkIfBack(otherwise, targets);
            super.visitTableSwitchInsn(least, most, otherwise, targets);
        }

        @Override
        public void visitLookupSwitchInsn(Label otherwise, int[] keys, Label[] targets) {
            checkIfBack(otherwise, targets);
            super.visitLookupSwitchInsn(otherwise, keys, targets);
        }

        private void checkIfBack(Label otherwise, Label... targets) {
            boolean back = passed.contains(otherwise);
            for (Label target : targets) back |= passed.contains(target);
            if (back) check();
        }

        private void check() {
            super.visitMethodInsn(Opcodes.INVOKESTATIC, RECALL, "check", "()V", false);
        }
    }
}
