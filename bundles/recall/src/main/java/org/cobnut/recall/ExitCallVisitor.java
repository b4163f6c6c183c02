package org.cobnut.recall;

import java.util.Set;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Replaces every call and every method reference that ends the process by {@link Recall#exit}. It takes the same values
 * from the stack, so frames and the depth of the stack stay the same.
 */
final class ExitCallVisitor extends ClassVisitor {
    private static final String RECALL = Type.getInternalName(Recall.class);
    private static final String SYSTEM = Type.getInternalName(System.class);
    private static final String RUNTIME = Type.getInternalName(Runtime.class);
    private static final Set<String> NAMES = Set.of("exit", "halt");
    private static final String STATIC = "(I)V";
    private static final String VIRTUAL = "(L" + RUNTIME + ";I)V";

    ExitCallVisitor(ClassVisitor next) {
        super(Opcodes.ASM9, next);
    }

    private static boolean ends(String owner, String name, String type) {
        return (owner.equals(SYSTEM) || owner.equals(RUNTIME)) && NAMES.contains(name) && type.equals(STATIC);
    }

    private static Object refused(Object constant) {
        if (!(constant instanceof Handle handle) || !ends(handle.getOwner(), handle.getName(), handle.getDesc()))
            return constant;
        return new Handle(
                Opcodes.H_INVOKESTATIC, RECALL, "exit", handle.getOwner().equals(SYSTEM) ? STATIC : VIRTUAL, false);
    }

    @Override
    public MethodVisitor visitMethod(int access, String name, String type, String generic, String[] exceptions) {
        return new MethodVisitor(Opcodes.ASM9, super.visitMethod(access, name, type, generic, exceptions)) {
            @Override
            public void visitMethodInsn(
                    int instruction, String owner, String called, String form, boolean onInterface) {
                if (!ends(owner, called, form)) super.visitMethodInsn(instruction, owner, called, form, onInterface);
                else
                    super.visitMethodInsn(
                            Opcodes.INVOKESTATIC, RECALL, "exit", owner.equals(SYSTEM) ? STATIC : VIRTUAL, false);
            }

            @Override
            public void visitInvokeDynamicInsn(String called, String form, Handle maker, Object... constants) {
                var all = constants.clone();
                for (int i = 0; i < all.length; i++) all[i] = refused(all[i]);
                super.visitInvokeDynamicInsn(called, form, maker, all);
            }

            @Override
            public void visitLdcInsn(Object constant) {
                super.visitLdcInsn(refused(constant));
            }
        };
    }
}
